/** Longest text of a message that is shown; what was told to a queue may be 256 KB. */
const mostShown = 16_384;

/**
 * The body of a message as it may be shown: the values of fields whose name says that they are secret are blotted out, at
 * any depth, and in JSON text within JSON. A body that is no JSON is shown only by its length, because nobody can say
 * what of it is secret.
 */
export const maskedBody = (body: string, isSecret: (name: string) => boolean): string => {
  const masked = maskedText(body, isSecret);
  if (masked === undefined) return `(${body.length} characters that are no JSON)`;
  return masked.length > mostShown ? `${masked.slice(0, mostShown)}…` : masked;
};

const maskedText = (text: string, isSecret: (name: string) => boolean): string | undefined => {
  try {
    return JSON.stringify(JSON.parse(text, masker(isSecret)), null, 2);
  } catch {
    return undefined;
  }
};

const masker =
  (isSecret: (name: string) => boolean) =>
  (name: string, value: unknown): unknown => {
    if (name !== '' && isSecret(name) && value !== null) return '***';
    if (typeof value === 'string' && /^\s*[[{]/.test(value))
      return maskedText(value, isSecret) ?? value;
    return value;
  };
