import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { atTime } from '../../shared/domain/notice/decide-thread.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';
import { pause } from '../stores/retry.ts';
import type { ThreadRef } from '../stores/threads.ts';
import type { SettleDeps } from './settle-deps.ts';
import { settleThread } from './settle-thread.ts';
import { standingOf } from './thread-standing.ts';

const tries = 12;
/** Messages that one look may send: a digest, an escalation, a reminder, the end. */
const mostMessages = 6;

/**
 * Changes a thread under its sequence number, then sends what is due by then until nothing is. `change` sees the thread as it
 * is stored, so it must bear being asked twice; the very same thread changes nothing.
 */
export const changeThread = async (
  deps: SettleDeps,
  ref: ThreadRef,
  change: (thread: Thread) => Thread | Promise<Thread>,
): Promise<void> => {
  const changed = await save(deps, ref, change);
  if (!changed) return;
  for (let n = 0; n < mostMessages; n += 1) {
    const stored = await deps.ledger.findThread(ref);
    if (!stored) return;
    const thread = await settleThread(deps, stored);
    const now = deps.clock();
    if ((await due(deps, thread, now)) === thread) return;
    if (!(await save(deps, ref, (each) => due(deps, each, now)))) return;
  }
};

/** The thread with what is due now. */
const due = async (deps: SettleDeps, thread: Thread, now: Instant): Promise<Thread> => {
  const telling = await deps.findTelling(thread.rule);
  const incident =
    thread.incident === undefined ? undefined : await deps.ledger.findIncident(thread.incident);
  const policy = telling?.policy ?? { enabled: false, mergeMinutes: 0, zone: 'UTC' };
  return atTime(thread, policy, standingOf(thread, incident, now), now);
};

/** False when there is no such thread. */
const save = async (
  { ledger }: SettleDeps,
  ref: ThreadRef,
  change: (thread: Thread) => Thread | Promise<Thread>,
): Promise<boolean> => {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (attempt > 1) await pause(attempt);
    const stored = await ledger.findThread(ref);
    if (!stored) return false;
    const thread = await change(stored);
    if (thread === stored || (await ledger.saveThread({ wasSeq: stored.seq, thread }))) return true;
  }
  throw new Fault('StoreConflict', 'thread not changed: it kept changing', { thread: ref.thread });
};
