import type { Decision } from '../gate/decision.schema.ts';
import { evaluate } from '../gate/evaluate.ts';
import type { Outcome } from '../instance/instance.schema.ts';
import { isActive } from '../instance/lifecycle.ts';
import { isoOf, plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { roomIn } from '../pool/choose-stripe.ts';
import { eventHeap } from './event-heap.ts';
import { limitChanges } from './limit-changes.ts';
import { overlapRules } from './overlap-rules.ts';
import type { SimulatedWait } from './simulation.schema.ts';
import type { VirtualInstance } from './virtual-instance.ts';
import { virtualPools } from './virtual-pools.ts';
import { type Limits, virtualWorld } from './virtual-world.ts';
import { byGateOrder, type WaitingLine, waitingLine } from './waiting-line.ts';

/** Nothing is followed further behind the horizon than this: whoever has not started then never will. */
const patienceSeconds = 8 * 86_400;

type Day = { readonly from: Instant; readonly until: Instant; readonly limits: Limits };

/**
 * Lets the instances run on a virtual clock: the real gate decides each time something changes, an attempt takes as long
 * as expected, a freed slot goes to who queues for it before a child that wants it, as the release stage does it. Ends
 * when nothing moves any more. Changes what it is given; answers how full the pools were.
 */
export const runVirtualDay = (
  all: ReadonlyMap<string, VirtualInstance>,
  { from, until, limits }: Day,
) => {
  const events = eventHeap();
  const pools = virtualPools();
  const worldOf = virtualWorld(limits, pools);
  const overlap = overlapRules(all);
  const lines = new Map<string, WaitingLine>();
  const touched = new Set<string>();
  const lastMoment = Date.parse(plusSeconds(until, patienceSeconds));
  let now = Date.parse(from);

  const lineOf = (pool: string): WaitingLine => {
    const line = lines.get(pool) ?? waitingLine();
    lines.set(pool, line);
    return line;
  };
  const look = (id: string, at: number) => {
    if (at <= lastMoment) events.put({ at, kind: 'look', subject: id });
  };
  const leaveLine = (one: VirtualInstance) => {
    if (one.queuedFor === undefined) return;
    lineOf(one.queuedFor).leave(one.instance);
    touched.add(one.queuedFor);
    one.queuedFor = undefined;
  };

  const end = (one: VirtualInstance, stage: 'succeeded' | 'failed', outcome: Outcome) => {
    one.stage = stage;
    one.outcome = outcome;
    one.endAt = now;
    one.startAt ??= now;
    pools.release(one.slots);
    for (const { pool } of one.slots) touched.add(pool);
    for (const id of overlap.ended(one)) look(id, now);
    for (const id of stage === 'succeeded' ? one.children : []) {
      const child = all.get(id);
      if (!child) continue;
      child.openParents -= 1;
      if (child.openParents > 0 || child.stage !== 'waiting') continue;
      const due = Math.max(Date.parse(child.instance.dueAt), Date.parse(from));
      if (now > due)
        child.waits.push({ why: 'upstream', on: one.instance.id, seconds: (now - due) / 1000 });
      look(id, now);
    }
  };

  const settle = (one: VirtualInstance) => {
    if (one.stage !== 'waiting' || one.openParents > 0) return;
    const at = isoOf(now);
    const world = worldOf(one, at, overlap.saysOf(one, at));
    const decision = evaluate(one.instance, world);
    if (decision.decision === 'wait') return wait(one, decision);

    leaveLine(one);
    closeWait(one, now);
    one.blocker = undefined;
    if (decision.decision === 'pass') end(one, 'succeeded', decision.outcome);
    if (decision.decision === 'fail') end(one, 'failed', decision.outcome);
    if (decision.decision !== 'run') return;
    one.stage = 'running';
    one.startAt = now;
    one.slots = pools.take(world.pools, one.instance.id);
    for (const { pool } of one.slots) touched.add(pool);
    events.put({ at: now + one.expected.seconds * 1000, kind: 'end', subject: one.instance.id });
  };

  const wait = (one: VirtualInstance, decision: Extract<Decision, { decision: 'wait' }>) => {
    const { instance } = one;
    const queuesFor = decision.parked ? undefined : decision.pool;
    if (one.queuedFor !== queuesFor) leaveLine(one);
    if (decision.waitUntil !== undefined)
      one.instance = { ...instance, waitUntil: decision.waitUntil };
    if (queuesFor !== undefined && one.queuedFor === undefined) {
      lineOf(queuesFor).join(instance);
      one.queuedFor = queuesFor;
      touched.add(queuesFor);
    }
    one.blocker = decision.blockers[0];
    const clears = decision.blockers
      .filter(({ step }) => step !== 'throttle' && step !== 'resource')
      .flatMap(({ clearsAt }) => (clearsAt === null ? [] : [Date.parse(clearsAt)]));
    if (clears.length > 0) look(instance.id, Math.max(now + 1, Math.min(...clears)));
    const reason = waitOf(decision);
    if (one.wait?.why === reason?.why && one.wait?.on === reason?.on) return;
    closeWait(one, now);
    one.wait = reason && { ...reason, since: Math.max(now, Date.parse(instance.dueAt)) };
  };

  /** Offers the free slots of a pool to its line, until it is full or nobody is left. */
  const wake = (pool: string) => {
    for (const id of lineOf(pool).ids()) {
      const one = all.get(id);
      if (!one) continue;
      const world = worldOf(one, isoOf(now), overlap.saysOf(one, isoOf(now)));
      const state = world.pools.find((each) => each.id === pool);
      if (state && roomIn(state) <= 0) return;
      settle(one);
    }
  };

  const changes = limitChanges(limits.rules, from, isoOf(lastMoment));
  const limitAfter = new Map(changes.map(({ pool, at, limit }) => [`${pool} ${at}`, limit]));
  for (const { pool, at } of changes)
    events.put({ at: Date.parse(at), kind: 'limit', subject: pool });
  for (const one of [...all.values()].toSorted((a, b) => byGateOrder(a.instance, b.instance))) {
    if (one.stage !== 'waiting') overlap.ended(one);
    else if (isActive(one.instance)) goOn(one);
    else if (one.openParents === 0) look(one.instance.id, now);
  }
  function goOn(one: VirtualInstance): void {
    one.stage = 'running';
    one.startAt ??= now;
    pools.hold(one.slots);
    const at = Math.max(now, one.startAt + one.expected.seconds * 1000);
    events.put({ at, kind: 'end', subject: one.instance.id });
  }

  for (let next = events.takeNext(); next.length > 0; next = events.takeNext()) {
    now = next[0]?.at ?? now;
    const looks = new Set<VirtualInstance>();
    for (const { kind, subject } of next) {
      const one = all.get(subject);
      if (kind === 'limit') {
        pools.setLimit(subject, limitAfter.get(`${subject} ${isoOf(now)}`) ?? 0);
        touched.add(subject);
      } else if (one && kind === 'look') looks.add(one);
      else if (one) end(one, 'succeeded', 'ran');
    }
    for (const pool of [...touched]) wake(pool);
    for (const one of [...looks].toSorted((a, b) => byGateOrder(a.instance, b.instance)))
      settle(one);
    for (const pool of touched) pools.note(pool, now, lineOf(pool).size());
    touched.clear();
  }
  return pools.loads(Math.min(now, lastMoment));
};

const closeWait = (one: VirtualInstance, now: number): void => {
  const { wait } = one;
  one.wait = undefined;
  if (wait && now > wait.since)
    one.waits.push({
      why: wait.why,
      ...(wait.on === undefined ? {} : { on: wait.on }),
      seconds: (now - wait.since) / 1000,
    });
};

/** What it waits for besides its due time. */
const waitOf = ({
  blockers: [first],
  pool,
}: Extract<Decision, { decision: 'wait' }>): Pick<SimulatedWait, 'why' | 'on'> | undefined => {
  if (!first || first.code === 'not-due') return undefined;
  if (first.step === 'paused') return { why: 'held', on: first.hold ?? first.code };
  if (pool !== undefined) return { why: 'pool', on: pool };
  if (first.code === 'wait-task') return { why: 'wait-task' };
  return { why: 'condition', on: first.code };
};
