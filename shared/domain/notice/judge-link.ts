import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { ActionLink, SpentLink } from './action-link.schema.ts';

export type LinkRefusal = {
  readonly code: 'link-forged' | 'link-expired' | 'link-used' | 'link-gone';
  readonly detail: string;
};

/**
 * Whether a link may be used now. `link` undefined: its signature is none of ours. `spent`: who used it before; `exists`:
 * what it is about is still there.
 */
export const judgeLink = (
  link: ActionLink | undefined,
  { now, spent, exists }: { now: Instant; spent: SpentLink | undefined; exists: boolean },
): Result<ActionLink, LinkRefusal> => {
  if (!link)
    return err({
      code: 'link-forged',
      detail: 'this link was not made here, or it was changed on the way; copy it whole',
    });
  if (spent)
    return err({
      code: 'link-used',
      detail: `${spent.by} used this link at ${spent.at}; it works once`,
    });
  if (now >= link.expiresAt)
    return err({
      code: 'link-expired',
      detail: `this link was good until ${link.expiresAt}; find ${link.object.id} in the console instead`,
    });
  if (!exists)
    return err({
      code: 'link-gone',
      detail: `there is no ${link.object.kind} ${link.object.id} any more`,
    });
  return ok(link);
};
