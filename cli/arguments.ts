import { InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { BizDate, Zone } from '../shared/domain/kernel/time.schema.ts';

/** A parser for commander that names what is wrong; commander names the option. */
const parserOf =
  <T>(schema: z.ZodType<T>, hint: string) =>
  (text: string): T => {
    const parsed = schema.safeParse(text);
    if (!parsed.success)
      throw new InvalidArgumentError(`${parsed.error.issues[0]?.message ?? 'not valid'}; ${hint}`);
    return parsed.data;
  };

export const day = parserOf(BizDate, 'give a day such as 2026-11-19');
export const zone = parserOf(Zone, 'give an IANA name such as Europe/Berlin');
export const wholeNumber = parserOf(z.coerce.number().int().min(0), 'give a whole number');
export const count = parserOf(z.coerce.number().int().min(1).max(10_000), 'give 1 to 10000');
export const seconds = parserOf(z.coerce.number().min(0).max(604_800), 'give seconds');
export const hours = parserOf(z.coerce.number().int().min(1).max(72), 'give 1 to 72 hours');
export const factor = parserOf(z.coerce.number().positive(), 'give a number above 0');

/** Any ISO 8601 instant, also with an offset, as the product writes instants. */
export const instant = (text: string): string => {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text);
  if (!parsed.success)
    throw new InvalidArgumentError('give an instant such as 2026-03-28T22:50:00Z or …+01:00');
  return new Date(text).toISOString();
};

const secondsIn = { s: 1, m: 60, h: 3600 } as const;

/** A span such as `90s`, `15m` or `2h`, in minutes. */
export const minutes = (text: string): number => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('give a span such as 90s, 15m or 2h');
  return (Number(number) * secondsIn[unit as keyof typeof secondsIn]) / 60;
};

/** Collects an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** Collects `name=value` pairs. */
export const pair = (
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('give name=value');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
};
