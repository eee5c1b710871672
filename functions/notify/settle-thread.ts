import { Fault } from '../../shared/domain/kernel/fault.ts';
import { dropOwed, settled } from '../../shared/domain/notice/decide-thread.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';
import { pause } from '../stores/retry.ts';
import type { SettleDeps } from './settle-deps.ts';
import { writeMessage } from './write-message.ts';

const tries = 12;

/**
 * Queues the message that a thread owes, then writes down that it is queued. Ids follow from the thread and the number of
 * the message, so whoever does it again after a crash writes the same rows. A rule that is off by now sends nothing. Answers
 * with the thread as it is then.
 */
export const settleThread = async (deps: SettleDeps, thread: Thread): Promise<Thread> => {
  const { owed } = thread;
  if (!owed) return thread;
  const { ledger } = deps;
  const telling = await deps.findTelling(thread.rule);
  const sends = telling?.policy.enabled === true;
  if (sends) await writeMessage(deps, telling, thread, owed);

  let stored: Thread | undefined = thread;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (stored?.owed?.n !== owed.n) return stored ?? thread;
    const after: Thread = sends ? settled(stored, owed.n) : dropOwed(stored);
    if (await ledger.saveThread({ wasSeq: stored.seq, thread: after })) return after;
    await pause(attempt);
    stored = await ledger.findThread(thread);
  }
  throw new Fault('StoreConflict', 'message queued, but its thread kept changing', {
    thread: thread.thread,
  });
};
