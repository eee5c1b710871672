import fc from 'fast-check';
import type { Outcome, Status } from '../domain/instance/instance.schema.ts';
import { instanceIdOf } from '../domain/instance/instance-id.ts';
import { isEnded, lifecycle } from '../domain/instance/lifecycle.ts';
import { isoOf } from '../domain/kernel/calendar-day.ts';
import type { Change } from '../domain/run/fold-run.ts';

const start = Date.parse('2026-11-20T02:00:00.000Z');

/** A change of instance `n` of a run; by default its birth. */
export const aChange = (n: number, fields: Partial<Change> = {}, cycle = 1): Change => ({
  instanceId: instanceIdOf({
    ...{ env: 'prod', project: 'p', workflow: 'w', family: 'recurring', scope: '', cycle },
    ...{ bizDate: '2026-11-19', task: `t${n}`, index: 1 },
  }),
  to: 'NOT_RUN',
  at: isoOf(start),
  version: 1,
  dueAt: isoOf(start),
  ...fields,
});

type Lives = {
  /** The changes of each instance. */
  readonly all: readonly (readonly Change[])[];
  /** All of them in one list, those of each instance in order. */
  readonly merged: readonly Change[];
};

/** The changes of one instance that takes random allowed moves. */
const lifeOf = (n: number, runs: number, longestMs: number) =>
  fc.array(fc.tuple(fc.nat(9), fc.nat(longestMs)), { maxLength: 12 }).map((steps) => {
    const cycle = 1 + (n % runs);
    const dueAt = isoOf(start + n * 1000);
    const changes = [aChange(n, { dueAt }, cycle)];
    let from: Status = 'NOT_RUN';
    let fromOutcome: Outcome | undefined;
    let at = start;
    for (const [pick, wait] of steps) {
      const targets = Object.values(lifecycle[from]) as Status[];
      const to: Status = targets[pick % targets.length] ?? from;
      const outcome = outcomeOf(to, pick);
      at += wait + 1;
      changes.push(aChange(n, { from, to, fromOutcome, outcome, at: isoOf(at), dueAt }, cycle));
      from = to;
      fromOutcome = outcome;
    }
    return changes;
  });

const outcomeOf = (to: Status, pick: number): Outcome | undefined => {
  if (!isEnded({ status: to })) return undefined;
  if (to === 'SUCCESS') return pick % 4 === 3 ? 'off-day' : 'ran';
  return pick % 2 ? 'failed' : 'terminated';
};

/** Up to six instances of `runs` runs (default 1); moves lie up to `longestMs` apart (default half a second). */
export const livesArbitrary = ({ runs = 1, longestMs = 500 } = {}): fc.Arbitrary<Lives> =>
  fc
    .tuple(
      fc
        .integer({ min: 1, max: 6 })
        .chain((n) =>
          fc.tuple(...Array.from({ length: n }, (_, each) => lifeOf(each, runs, longestMs))),
        ),
      fc.array(fc.nat(100), { minLength: 80, maxLength: 80 }),
    )
    .map(([all, picks]) => {
      const left = all.map((life) => [...life]);
      const merged: Change[] = [];
      for (let n = 0; left.some((life) => life.length > 0); n += 1) {
        const open = left.filter((life) => life.length > 0);
        const next = open[(picks[n % picks.length] ?? 0) % open.length]?.shift();
        if (next) merged.push(next);
      }
      return { all, merged };
    });
