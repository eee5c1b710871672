import { HostError } from './host-error.ts';

export type EventPattern = { readonly matches: (event: unknown) => boolean };

type Check = (value: unknown) => boolean;

/** The part of EventBridge's patterns that is used: exact values, prefix, suffix, exists, anything-but. */
export const eventPattern = (pattern: unknown, owner: string): EventPattern => {
  const matches = object(pattern, owner);
  return { matches };
};

function object(pattern: unknown, owner: string): Check {
  if (pattern === null || typeof pattern !== 'object' || Array.isArray(pattern))
    throw unknown(pattern, owner);
  const fields = Object.entries(pattern).map(([key, entry]) => {
    if (key.startsWith('$')) throw unknown({ [key]: entry }, owner);
    const check = Array.isArray(entry) ? list(entry, owner) : object(entry, owner);
    return [key, check] as const;
  });
  return (event) => {
    const record =
      event !== null && typeof event === 'object' ? (event as Record<string, unknown>) : {};
    return fields.every(([key, check]) => check(record[key]));
  };
}

/** An array in the event matches when one of its members does. */
function list(options: readonly unknown[], owner: string): Check {
  const checks = options.map((option) => one(option, owner));
  return (value) =>
    checks.some((check) => (Array.isArray(value) ? value.some(check) : check(value)));
}

function one(option: unknown, owner: string): Check {
  if (option === null || typeof option !== 'object') return (value) => value === option;
  const [[operator, argument] = ['', undefined], ...rest] = Object.entries(option);
  if (rest.length > 0) throw unknown(option, owner);
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' ? value : undefined;
  if (operator === 'prefix' && typeof argument === 'string')
    return (value) => text(value)?.startsWith(argument) ?? false;
  if (operator === 'suffix' && typeof argument === 'string')
    return (value) => text(value)?.endsWith(argument) ?? false;
  if (operator === 'exists') return (value) => (value !== undefined) === argument;
  if (operator === 'anything-but') {
    const none = list(Array.isArray(argument) ? argument : [argument], owner);
    return (value) => value !== undefined && !none(value);
  }
  throw unknown(option, owner);
}

function unknown(pattern: unknown, owner: string): HostError {
  return new HostError(
    `the local host does not know the pattern ${JSON.stringify(pattern)} of ${owner}`,
  );
}
