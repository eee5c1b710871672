import * as z from 'zod';
import { plusSeconds } from '../kernel/calendar-day.ts';
import { Instant } from '../kernel/time.schema.ts';

const LinkKey = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{4,32}$/),
  secret: z.string().min(32),
});
export type LinkKey = z.infer<typeof LinkKey>;

/** Keys that sign the links of messages. An earlier one is good until the last link that it may have signed expires. */
export const LinkKeys = z.object({
  current: LinkKey,
  since: Instant,
  earlier: z.array(LinkKey.extend({ until: Instant })).max(50),
});
export type LinkKeys = z.infer<typeof LinkKeys>;

/** How long a link may be used. */
export const linkLifeSeconds = 86_400;

/** A new key signs from now on. */
export const rotateKeys = (keys: LinkKeys | undefined, fresh: LinkKey, now: Instant): LinkKeys => ({
  current: fresh,
  since: now,
  earlier: [
    ...(keys ? [{ ...keys.current, until: plusSeconds(now, linkLifeSeconds) }] : []),
    ...(keys?.earlier ?? []).filter(({ until }) => until > now),
  ].slice(0, 50),
});

/** The key of that name, while its links are good. */
export const keyNamed = (
  { current, earlier }: LinkKeys,
  id: string,
  now: Instant,
): LinkKey | undefined =>
  current.id === id ? current : earlier.find((key) => key.id === id && key.until > now);
