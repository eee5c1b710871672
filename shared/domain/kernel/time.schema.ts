import * as z from 'zod';

/** An instant: ISO 8601 in UTC with milliseconds, so that strings sort as times do. */
export const Instant = z.iso
  .datetime()
  .meta({ id: 'Instant', example: '2026-11-20T01:00:00.000Z' });
export type Instant = z.infer<typeof Instant>;

/** A calendar day `YYYY-MM-DD`. It belongs to no zone and never shifts. */
export const BizDate = z.iso.date().meta({ id: 'BizDate', example: '2026-11-19' });
export type BizDate = z.infer<typeof BizDate>;

/** An IANA zone that this runtime knows. */
export const Zone = z
  .string()
  .refine(isZone, { error: 'is not a time zone; use an IANA name such as Europe/Berlin' })
  .meta({ id: 'Zone', example: 'Europe/Berlin' });
export type Zone = z.infer<typeof Zone>;

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
