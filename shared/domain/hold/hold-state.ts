import type { Instant } from '../kernel/time.schema.ts';
import type { Hold } from './hold.schema.ts';
import { activeHold } from './holds-of.ts';

/** `planned`: it begins later, or its next weekly hours do. `over`: it keeps nothing back any more. */
export type HoldState = 'planned' | 'active' | 'over';

export const holdStateOf = (hold: Hold, now: Instant): HoldState => {
  if (hold.until !== undefined && now >= hold.until) return 'over';
  return activeHold(hold, now) ? 'active' : 'planned';
};
