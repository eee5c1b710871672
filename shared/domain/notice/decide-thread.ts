import { laterOf, plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { mayTellFrom } from './effective-window.ts';
import type { NoticeReason } from './notice.schema.ts';
import type { Thread } from './thread.schema.ts';
import type { QuietReason, ThreadPolicy, ThreadStanding } from './thread-policy.ts';

export type Decided = { readonly thread: Thread; readonly quiet?: QuietReason | undefined };

const maxPendingIds = 50;

/**
 * Takes one more occurrence in (what-users-ask-for §4.7): the first message of a thread goes out at once, as `owed`; what
 * follows within the merge window waits for one digest at its end. About something that lasts there is one first message
 * only: what comes later is told with the next reminder. Something that does not last and comes outside of the hours of
 * the rule, or while nobody is to be disturbed, is told to nobody; what lasts waits.
 */
export const takeOccurrence = (
  before: Thread,
  policy: ThreadPolicy,
  standing: ThreadStanding,
  occurrence: string,
  now: Instant,
): Decided => {
  const thread = reopened(before);
  const quiet = (reason: QuietReason): Decided => ({
    thread: next(thread, { quiet: thread.quiet + 1 }),
    quiet: reason,
  });
  const wait = (until: Instant): Decided => ({
    thread: next(thread, {
      pending: thread.pending + 1,
      pendingIds: [...thread.pendingIds, occurrence].slice(0, maxPendingIds),
      digestAt: thread.digestAt ?? until,
    }),
  });

  if (!policy.enabled) return quiet('rule-off');
  if (thread.overAt !== undefined || standing.over) return quiet('over');
  if (isSpent(thread, policy)) return quiet('max-sends');
  if (standing.acknowledged) return quiet('acknowledged');

  const from = tellFrom(now, policy, standing);
  if (from > now && !thread.lasting)
    return quiet((standing.silentUntil ?? now) > now ? 'do-not-disturb' : 'outside-window');
  if (from > now) return wait(from);
  if (thread.digestAt !== undefined) return wait(thread.digestAt);

  const { lastSentAt } = thread;
  const first = lastSentAt === undefined;
  const windowEnds = windowAfter(lastSentAt ?? now, policy);
  if (!first && now < windowEnds) return wait(tellFrom(windowEnds, policy, standing));
  if (!first && thread.lasting) return wait(thread.reminderAt ?? windowAfter(now, policy));
  if (thread.owed) return wait(now);

  const taken = { ...thread, pending: 1, pendingIds: [occurrence] };
  return { thread: tell(taken, policy, 'occurrence', now) };
};

/**
 * What is due now: a digest whose window ended, a reminder, an escalation, the message that it is over. At most one message
 * at a time: queue what is `owed`, then ask again until nothing changes. What falls into quiet times is put off to their
 * end. The very same thread means that nothing is due.
 */
export const atTime = (
  thread: Thread,
  policy: ThreadPolicy,
  standing: ThreadStanding,
  now: Instant,
): Thread => {
  if (thread.owed || !isDueAt(thread, now)) return thread;
  if (!policy.enabled) return silenced(thread);

  const from = tellFrom(now, policy, standing);
  const isDue = (at: Instant | undefined): boolean => at !== undefined && at <= now;
  if (isDue(thread.recoveredAt)) {
    if (from > now) return next(thread, { recoveredAt: from });
    return owe({ ...thread, recoveredAt: undefined }, 'recovered', now);
  }
  if (standing.acknowledged) return silenced(thread);
  if (isDue(thread.escalateAt)) {
    if (from > now) return next(thread, { escalateAt: from });
    return owe({ ...thread, escalateAt: undefined }, 'escalation', now);
  }
  if (isSpent(thread, policy)) return quietPending(next(thread, { reminderAt: undefined }));
  if (isDue(thread.digestAt)) {
    if (from > now) return next(thread, { digestAt: from });
    return tell(thread, policy, thread.lastSentAt === undefined ? 'occurrence' : 'digest', now);
  }
  if (from > now) return next(thread, { reminderAt: from });
  return tell(thread, policy, 'reminder', now);
};

/**
 * The thing is over. When it has recovered and somebody was told of it, they are told that, too, once, together with what
 * was still to be told; when it was closed by hand, nobody is told anything any more.
 */
export const endThread = (thread: Thread, how: 'recovered' | 'closed', now: Instant): Thread => {
  if (thread.overAt !== undefined) return thread;
  const over = next(thread, { overAt: now, reminderAt: undefined, escalateAt: undefined });
  if (how === 'closed' || thread.lastSentAt === undefined) return quietPending(over);
  return { ...over, digestAt: undefined, recoveredAt: now };
};

/** People may be disturbed again: what was put off to the end of the silence is due at the usual times. */
export const unsilenced = (thread: Thread, policy: ThreadPolicy, now: Instant): Thread => {
  const sooner = (at: Instant | undefined, most: Instant) =>
    at !== undefined && at > most ? most : at;
  const reminderAt = sooner(thread.reminderAt, plusMinutes(now, policy.frequencyMinutes ?? 0));
  const { lastSentAt } = thread;
  const digestAt = sooner(
    thread.digestAt,
    laterOf(now, lastSentAt && windowAfter(lastSentAt, policy)),
  );
  return reminderAt === thread.reminderAt && digestAt === thread.digestAt
    ? thread
    : next(thread, { reminderAt, digestAt });
};

/** What was owed has been queued. The very same thread when it owes another message by now. */
export const settled = (thread: Thread, n: number): Thread =>
  thread.owed?.n === n ? next(thread, { owed: undefined }) : thread;

/** What was owed is told to nobody, because the rule is off by now. */
export const dropOwed = (thread: Thread): Thread => {
  const count = thread.owed?.count ?? 0;
  return next(thread, { owed: undefined, told: thread.told - count, quiet: thread.quiet + count });
};

/** When somebody must look at the thread again; undefined: only when something happens. */
export const nextLookAt = (thread: Thread): Instant | undefined =>
  [
    thread.owed?.at,
    thread.recoveredAt,
    thread.escalateAt,
    thread.digestAt,
    thread.reminderAt,
  ].reduce((first, at) => (first === undefined || (at !== undefined && at < first) ? at : first));

const isDueAt = (thread: Thread, now: Instant): boolean => {
  const at = nextLookAt(thread);
  return at !== undefined && at <= now;
};

const isSpent = ({ sends }: Thread, { maxSends }: ThreadPolicy): boolean =>
  maxSends !== undefined && sends >= maxSends;

/** An alert that is over and fires again goes on where it stood; an incident that is over is never opened again. */
const reopened = (thread: Thread): Thread =>
  thread.overAt !== undefined && thread.incident === undefined
    ? { ...thread, overAt: undefined, recoveredAt: undefined }
    : thread;

/** The first instant from `at` on that is neither quiet by the rule nor by people. */
const tellFrom = (
  at: Instant,
  { effective, zone }: ThreadPolicy,
  { silentUntil }: ThreadStanding,
): Instant => mayTellFrom(laterOf(at, silentUntil), effective, zone);

/** A message that counts towards maxSends, with all that waits; the next reminder and the escalation follow from it. */
const tell = (
  thread: Thread,
  policy: ThreadPolicy,
  reason: 'occurrence' | 'digest' | 'reminder',
  now: Instant,
): Thread => {
  const sent = { ...thread, sends: thread.sends + 1, lastSentAt: now, digestAt: undefined };
  const { frequencyMinutes, escalateMinutes } = policy;
  const reminds = thread.lasting && frequencyMinutes !== undefined && !isSpent(sent, policy);
  const escalates =
    thread.lasting && escalateMinutes !== undefined && thread.lastSentAt === undefined;
  return owe(
    {
      ...sent,
      reminderAt: reminds ? plusMinutes(now, frequencyMinutes) : undefined,
      ...(escalates ? { escalateAt: plusMinutes(now, escalateMinutes) } : {}),
    },
    reason,
    now,
  );
};

/** Puts a message into the thread. All but an escalation, which others get, take along what waits. */
const owe = (thread: Thread, reason: NoticeReason, now: Instant): Thread => {
  const takes = reason !== 'escalation';
  const n = thread.messages + 1;
  return next(thread, {
    messages: n,
    owed: {
      ...{ n, reason, at: now, count: takes ? thread.pending : 0 },
      occurrences: takes ? thread.pendingIds : [],
      ...(reason === 'reminder' ? { nth: thread.sends } : {}),
    },
    ...(takes ? { told: thread.told + thread.pending, pending: 0, pendingIds: [] } : {}),
  });
};

/** What waits is told to nobody. */
const quietPending = (thread: Thread): Thread => ({
  ...thread,
  quiet: thread.quiet + thread.pending,
  ...{ pending: 0, pendingIds: [], digestAt: undefined },
});

/** Nothing is told any more unless something happens. */
const silenced = (thread: Thread): Thread =>
  quietPending(
    next(thread, { reminderAt: undefined, escalateAt: undefined, recoveredAt: undefined }),
  );

const next = (thread: Thread, change: Partial<Thread>): Thread => ({
  ...thread,
  ...change,
  seq: thread.seq + 1,
});

const windowAfter = (at: Instant, { mergeMinutes }: ThreadPolicy): Instant =>
  plusMinutes(at, mergeMinutes);

const plusMinutes = (at: Instant, minutes: number): Instant => plusSeconds(at, minutes * 60);
