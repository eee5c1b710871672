import { isSecretName } from '../../shared/domain/log/secret-name.ts';

/** Shorter values would blot out harmless text wherever they occur. */
const minLength = 4;

/** The values in a request that are secrets by the name of their header, query parameter or body field. */
export const secretsOf = (request: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}): readonly string[] => {
  const named = [
    ...Object.entries(request.headers).flatMap(([name, value]) => [
      [name, value] as const,
      [name, value.replace(/^\S+\s+/, '')] as const,
    ]),
    ...inUrl(request.url),
    ...inJson(request.body),
  ];
  const values = named.filter(([name]) => isSecretName(name)).map(([, value]) => value);
  return maskable(values);
};

/** The forms in which secret values may turn up in a text, longest first. */
export const maskable = (values: readonly string[]): string[] =>
  [...new Set(values.flatMap((value) => [value, encodeURIComponent(value)]))]
    .filter((value) => value.length >= minLength)
    .toSorted((a, b) => b.length - a.length);

/** `text` with every secret blotted out. */
export const maskSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);

const inUrl = (text: string): readonly (readonly [string, string])[] => {
  if (!URL.canParse(text)) return [];
  const { username, password, searchParams } = new URL(text);
  return [
    ['token', decodeURIComponent(username)],
    ['password', decodeURIComponent(password)],
    ...searchParams,
  ];
};

const inJson = (body: string | undefined): readonly (readonly [string, string])[] => {
  const found: [string, string][] = [];
  try {
    JSON.parse(body ?? 'null', (name, value: unknown) => {
      if (typeof value === 'string') found.push([name, value]);
      return value;
    });
  } catch {
    return [];
  }
  return found;
};
