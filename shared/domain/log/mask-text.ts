import { isSecretName } from './secret-name.ts';

const mask = '***';

/** `"name": "value"` and `"name": 123`, of JSON and of what looks like it. */
const pair = /(["'])([\w.$-]{1,64})\1(\s*:\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,}\]"']+)/gs;

/** The same within a text of JSON: `\"name\": \"value\"`. */
const pairInText = /(\\")([\w.$-]{1,64})\\"(\s*:\s*)(\\"(?:[^"\\]|\\[^"])*\\"|[^\s,}\]"'\\]+)/gs;

/** `name=value`, `name: value`, `--name value`, and the values of headers, up to the end of the word. */
// A blank is looked for before what stands before it: the other way round costs seconds in a long word.
const namedValue =
  /(^|[^\w.$"'\\-])([\w.$-]{1,64}(?![\w.$-]))(\s*[=:]\s*|(?=\s)(?<=--[\w.$-]{1,64})\s+)((?:bearer|basic|digest|token|negotiate|aws4-hmac-sha256)\s+)?("[^"]*"|'[^']*'|[^\s,;&"'}\])]+)/gi;

const credentials = /\b(bearer|basic)(\s+)([\w.~+/=-]{8,})/gi;

/** `https://user:password@host`. */
const inAddress = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s/:@]{1,256}):([^\s/@]{1,512})@/gi;

/** Header lines whose whole value is secret: a cookie holds several. */
const headerLine = /\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*[:=]\s*)([^\r\n"',}]+)/gi;

/**
 * A text without the values that are secret by their name, wherever JSON, `key=value`, a header or an address shows them,
 * and without the values of `secrets` (those of the attempt, longest first). Masked before it is stored (W70).
 */
export const maskText = (text: string, secrets: readonly string[] = []): string => {
  const own = secrets.reduce((masked, secret) => masked.replaceAll(secret, mask), text);
  if (!mayBeSecret.test(own)) return own;
  return own
    .replace(inAddress, `$1$2:${mask}@`)
    .replace(headerLine, `$1$2${mask}`)
    .replace(pairInText, maskPair)
    .replace(pair, maskPair)
    .replace(
      namedValue,
      (all, before: string, name: string, between: string, _scheme, value: string) =>
        isSecretName(name) ? `${before}${name}${between}${quoted(value)}` : all,
    )
    .replace(credentials, `$1$2${mask}`);
};

/** The fields of a line likewise: by name, and within their texts. */
export const maskFields = <V extends string | number | boolean>(
  fields: Readonly<Record<string, V>>,
  secrets: readonly string[],
): Record<string, V | string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isSecretName(name) ? mask : typeof value === 'string' ? maskText(value, secrets) : value,
    ]),
  );

/** Cheap look before the dear ones: most lines name no secret. */
const mayBeSecret =
  /authorization|cookie|passw|pwd|secret|token|signature|credential|key|bearer|basic\s|:\/\/[^\s/]{1,800}@/i;

const maskPair = (
  all: string,
  quote: string,
  name: string,
  colon: string,
  value: string,
): string => (isSecretName(name) ? `${quote}${name}${quote}${colon}${quoted(value)}` : all);

const quoted = (value: string): string => {
  const [quote = ''] = /^\\?["']/.exec(value) ?? [];
  return `${quote}${mask}${quote}`;
};
