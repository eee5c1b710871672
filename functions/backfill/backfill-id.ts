import { createHash } from 'node:crypto';

/** The id of a backfill, a function of what it comes from: twelve hexadecimal digits, since it stands in instance ids. */
export const backfillIdOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);
