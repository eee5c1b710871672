import { finishAlert } from '../../shared/domain/alert/fold-alert-event.ts';
import { isOver } from '../../shared/domain/alert/fold-incident.ts';
import { stillLasts } from '../../shared/domain/alert/still-lasts.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { endThread, unsilenced } from '../../shared/domain/notice/decide-thread.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { DueEntry } from '../stores/due.ts';
import { refOfThreadId, type ThreadRef } from '../stores/threads.ts';
import { changeThread } from './change-thread.ts';
import { closeForgotten } from './close-forgotten.ts';
import { endThreads } from './end-threads.ts';
import { incidentEvent } from './events-told.ts';
import type { SettleDeps } from './settle-deps.ts';
import { settleDepsOf } from './settle-wiring.ts';
import type { TellDeps } from './tell-deps.ts';

/** Alert events of one thread that are looked at before it reminds: when more go on, it goes on. */
const eventsLooked = 200;
const writesAtOnce = 8;

/**
 * The minute's part for entries of the kinds `digest`, `alert` and `incident`: digests, reminders, escalations, "recovered"
 * messages, and what people decided meanwhile. The entry is a hint: thread and incident decide. Whoever calls takes the
 * entry away afterwards.
 */
export const serveDue =
  (tellDeps: TellDeps) =>
  async ({ kind, id, at }: DueEntry): Promise<void> => {
    const deps = settleDepsOf(tellDeps);
    if (kind === 'incident') return serveIncident(deps, id, at);
    if (kind === 'alert') return wake(deps, refOfThreadId(id));
    if (kind === 'digest') return serveThread(deps, refOfThreadId(id));
  };

/** Something of a thread is due: what does not last any more is not reminded of. */
const serveThread = async (deps: SettleDeps, ref: ThreadRef): Promise<void> => {
  const { ledger, clock } = deps;
  const thread = await ledger.findThread(ref);
  if (!thread) return;
  if (thread.incident !== undefined) {
    const incident = await ledger.findIncident(thread.incident);
    if (incident && isOver(incident)) {
      const how = incident.status === 'RECOVERED' ? 'recovered' : 'closed';
      return changeThread(deps, ref, (each) => endThread(each, how, clock()));
    }
    return changeThread(deps, ref, (each) => each);
  }
  // What waits is told first, even when it is over by now.
  const reminds = thread.lasting && thread.pending === 0 && thread.owed === undefined;
  const over = reminds && !(await goesOn(deps, thread));
  return changeThread(deps, ref, (each) => (over ? endThread(each, 'closed', clock()) : each));
};

/** Whether anything that an alert rule saw is still so; events of what is not are finished on the way. */
const goesOn = async (
  { ledger, instances, clock }: SettleDeps,
  thread: Thread,
): Promise<boolean> => {
  const ids = await ledger.eventsOfThread(thread, eventsLooked);
  const events = (await ledger.findAlertEvents(ids)).filter(({ status }) => status !== 'FINISH');
  const objects = await instances.findMany(
    events.filter(({ task }) => task !== undefined).map(({ object }) => object),
    { strong: true },
  );
  const now = clock();
  const over = events.filter((event) => !stillLasts(event, objects.get(event.object), now));
  await inParallel(over, writesAtOnce, (event) =>
    ledger.saveAlertEvent({ wasSeq: event.seq, event: finishAlert(event, now) }),
  );
  return over.length < events.length || ids.length === eventsLooked;
};

/** An incident is over, a person has changed something about it, or it may be forgotten. */
const serveIncident = async (deps: SettleDeps, id: string, at: Instant): Promise<void> => {
  const { ledger, clock, announce } = deps;
  const incident = await ledger.findIncident(id);
  if (!incident) return;
  // The entries of both moments are part of the write that made them, so neither is lost.
  if (at === incident.openedAt) await announce([incidentEvent(incident, 'opened')]);
  if (at === incident.recoveredAt) await announce([incidentEvent(incident, 'recovered')]);
  if (incident.status === 'RECOVERED') return endThreads(deps, id, 'recovered');
  if (incident.status === 'CLOSED') return endThreads(deps, id, 'closed');
  if (await closeForgotten(deps, incident)) return endThreads(deps, id, 'closed');
  const silent = incident.snoozedUntil !== undefined && incident.snoozedUntil > clock();
  if (silent) return;
  for (const thread of await ledger.threadsAbout(id)) await wake(deps, thread);
};

/** Nobody wants silence about it any more: what was put off is due at the usual times. */
const wake = async (deps: SettleDeps, ref: ThreadRef): Promise<void> => {
  const telling = await deps.findTelling({ ...ref.rule, rev: 1 });
  await changeThread(deps, ref, (each) => {
    const now = deps.clock();
    return telling && !(each.quietUntil !== undefined && each.quietUntil > now)
      ? unsilenced(each, telling.policy, now)
      : each;
  });
};
