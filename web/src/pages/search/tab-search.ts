import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** The tab that is open and the place in it that a link points to. */
export const TabSearch = z.object({
  tab: text,
  find: text,
  level: text,
  from: text,
  to: text,
  upcoming: text,
});
