import { gateAtOf } from '../../shared/domain/gate/gate-at.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';

/** What a committed move asks of others. */
export type Wake =
  | { readonly wake: 'settle-children'; readonly seq: number }
  | { readonly wake: 'reopen-children'; readonly seq: number }
  | { readonly wake: 'settle-self' }
  | { readonly wake: 'waiters'; readonly pools: readonly string[] }
  | { readonly wake: 'at'; readonly at: Instant }
  | { readonly wake: 'stop' };

const lookAheadSeconds = 150;

/** Moves after which the gate may say something else about the instance itself. */
const reconsidered: ReadonlySet<string> = new Set([
  'rerun',
  'force-rerun',
  'restart',
  'remove-upstream',
  'unhold',
  'undo',
  'resume',
  'unpark',
  'set-priority',
  'set-resource-group',
  'reopen',
]);

/**
 * What follows from the change of an instance (design.md §2, §4): a success closes the edges of its children and leaving
 * SUCCESS opens them, slots that came free go to who waits for them, and what becomes due before the next tick's look
 * ahead gets a wait of its own. A pure function of the two images, so a doubled record asks for the same again.
 */
export const wakesOf = (before: Instance | undefined, after: Instance, now: Instant): Wake[] => {
  const wakes: Wake[] = [];
  const ended = after.status === 'SUCCESS' && before?.status !== 'SUCCESS';
  const left = before?.status === 'SUCCESS' && after.status !== 'SUCCESS';
  const freed = (before?.slots ?? []).filter(
    ({ pool }) => !after.slots.some((slot) => slot.pool === pool),
  );
  const move = after.moves.at(-1)?.move ?? '';

  // Who queues comes before a child that wants the same slot: it has waited longer, and the queue has an order.
  if (freed.length > 0) wakes.push({ wake: 'waiters', pools: freed.map(({ pool }) => pool) });
  if (ended) wakes.push({ wake: 'settle-children', seq: after.seq });
  if (left) wakes.push({ wake: 'reopen-children', seq: after.seq });
  if (isWaiting(after) && (!before || reconsidered.has(move))) wakes.push({ wake: 'settle-self' });
  if (
    after.status === 'WAIT_TIME' &&
    !after.parked &&
    gateAtOf(after) <= plusSeconds(now, lookAheadSeconds)
  )
    wakes.push({ wake: 'at', at: gateAtOf(after) });
  if (after.stopping && !before?.stopping) wakes.push({ wake: 'stop' });
  return wakes;
};
