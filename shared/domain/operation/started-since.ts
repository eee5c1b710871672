import type { Instance } from '../instance/instance.schema.ts';
import type { MoveName } from '../instance/lifecycle.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** Moves by which an instance begins, or ends without an attempt. */
const begins: ReadonlySet<string> = new Set<MoveName>(['admit', 'pass', 'approve', 'reject']);

/**
 * Whether an instance has begun since `since`: then what let it begin can no longer be undone. Its last moves are enough:
 * older ones have left the item after twenty more.
 */
export const startedSince = ({ moves }: Pick<Instance, 'moves'>, since: Instant): boolean =>
  moves.some(({ move, at }) => at >= since && begins.has(move));
