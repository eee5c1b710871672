import type { Instance, Move } from '../instance/instance.schema.ts';

/** What a person did to an instance that had failed, after which it succeeded. */
export type Fix = Pick<Move, 'move' | 'at' | 'actor' | 'reason'>;

/** Moves that answer a failure; a pause or a new priority does not. */
const answers = new Set(['rerun', 'force-rerun', 'set-success', 'remove-upstream', 'restart']);

/** Who acts by themselves is named `system:…`. */
const byHand = ({ actor }: Move): boolean => !actor.startsWith('system:');

/** The last hand operation between a failure of an instance and its success; undefined when it healed without one. */
export const lastFixOf = ({
  status,
  moves,
}: Pick<Instance, 'status' | 'moves'>): Fix | undefined => {
  if (status !== 'SUCCESS') return undefined;
  const failedAt = moves.findLastIndex(({ to, from }) => to === 'FAILED' && from !== 'FAILED');
  if (failedAt < 0) return undefined;
  const fix = moves.slice(failedAt + 1).findLast((move) => byHand(move) && answers.has(move.move));
  return (
    fix && {
      move: fix.move,
      at: fix.at,
      actor: fix.actor,
      ...(fix.reason ? { reason: fix.reason } : {}),
    }
  );
};
