import { isoOf, plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { cutLongLine } from './cut-long-line.ts';
import type { LogLine } from './log-line.schema.ts';
import { maskFields, maskText } from './mask-text.ts';
import { safeText } from './safe-text.ts';

const maxFields = 50;
const maxFieldChars = 4096;
const maxNameChars = 64;
const aheadSeconds = 60;
const behindSeconds = 86_400;

/**
 * Lines as they may be stored and shown, in order of time: safe texts, secrets masked, fields bounded, an instant that can
 * be true, a long line in parts. The same lines give the same lines. Without `sentAt` their clock is our own.
 */
export const safeLines = (
  lines: readonly LogLine[],
  {
    sentAt,
    secrets = [],
  }: { readonly sentAt?: Instant | undefined; readonly secrets?: readonly string[] },
): readonly LogLine[] => {
  const safe = lines.map((line): LogLine => {
    const at = isoOf(Date.parse(line.at));
    const isOff = sentAt !== undefined && !isCredible(at, sentAt);
    const fields = boundedFields(
      isOff ? { ...line.fields, loggedAt: line.at } : line.fields,
      secrets,
    );
    return {
      at: isOff ? isoOf(Date.parse(sentAt)) : at,
      level: line.level,
      text: maskText(safeText(line.text), secrets),
      operation: nameOf(line.operation) ?? 'invoke',
      ...(nameOf(line.category) ? { category: nameOf(line.category) } : {}),
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
    };
  });
  return safe
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .flatMap((line) => cutLongLine(line));
};

const isCredible = (at: Instant, sentAt: Instant): boolean =>
  at >= plusSeconds(sentAt, -behindSeconds) && at <= plusSeconds(sentAt, aheadSeconds);

const nameOf = (name: string | undefined): string | undefined => {
  const safe = safeText(name ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxNameChars)
    .toWellFormed();
  return safe === '' ? undefined : safe;
};

const boundedFields = (
  fields: LogLine['fields'] = {},
  secrets: readonly string[],
): NonNullable<LogLine['fields']> => {
  const all = Object.entries(fields);
  const kept = all
    .slice(0, maxFields)
    .map(([name, value]) => [
      safeText(name).slice(0, maxNameChars).toWellFormed(),
      typeof value === 'string' ? safeText(value.slice(0, maxFieldChars)) : value,
    ]);
  const masked = maskFields(Object.fromEntries(kept), secrets);
  return all.length > maxFields ? { ...masked, leftOut: all.length - maxFields } : masked;
};
