import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aChange, livesArbitrary } from '../../testing/lives-arbitrary.ts';
import type { Outcome, Status } from '../instance/instance.schema.ts';
import { runIdOfInstance } from '../instance/instance-id.ts';
import { isoOf } from '../kernel/calendar-day.ts';
import { binOf, msOfBin, quantileOfBins } from './duration-bins.ts';
import { type Change, foldMove } from './fold-run.ts';
import type { Run } from './run.schema.ts';
import { type RunDelta, runDeltasOf } from './run-counts.ts';

const start = Date.parse('2026-11-20T02:00:00.000Z');
const at = (minutes: number) => isoOf(start + minutes * 60_000);

/** Folds groups of changes as record does and adds up what they do to the counters. */
const counted = (groups: readonly (readonly Change[])[]) => {
  const runs = new Map<string, Run>();
  const deltas = groups.flatMap((group) => {
    const before = new Map(runs);
    for (const change of group) {
      const id = runIdOfInstance(change.instanceId);
      const run = foldMove(runs.get(id), change);
      if (run) runs.set(id, run);
    }
    return runDeltasOf([...runs].map(([id, after]) => ({ before: before.get(id), after })));
  });
  return { runs: [...runs.values()], sums: sumOf(deltas) };
};

const sumOf = (deltas: readonly RunDelta[]) => {
  const sums = new Map<string, number>();
  for (const { at: of, workflow, sums: by } of deltas)
    for (const [name, value = 0] of Object.entries(by)) {
      const key = `${workflow} ${of} ${name}`;
      const sum = (sums.get(key) ?? 0) + value;
      if (sum === 0) sums.delete(key);
      else sums.set(key, sum);
    }
  return Object.fromEntries([...sums].toSorted());
};

const groupsOf = <T>(list: readonly T[], sizes: readonly number[]) => {
  const groups: T[][] = [];
  for (let from = 0, n = 0; from < list.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    groups.push(list.slice(from, from + size));
    from += size;
  }
  return groups;
};

const life = (...steps: readonly (readonly [Status, number, Outcome?])[]): Change[] => {
  let from: Status | undefined;
  let fromOutcome: Outcome | undefined;
  return steps.map(([to, minutes, outcome]) => {
    const change = aChange(1, { from, to, outcome, fromOutcome, at: at(minutes) });
    [from, fromOutcome] = [to, outcome];
    return change;
  });
};
const of = (changes: readonly Change[]) => counted(changes.map((each) => [each])).sums;
const first = 'w 2026-11-20T02:00:00.000Z';

describe('the counters of runs', () => {
  it('add up to a recount of the runs, however often they reopen and however moves are grouped', () => {
    const lives = livesArbitrary({ runs: 3, longestMs: 1_000_000 });
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(lives, sizes, ({ merged }, cut) => {
        const { runs, sums } = counted(groupsOf(merged, cut));
        const recount = runDeltasOf(runs.map((after) => ({ before: undefined, after })));
        expect(sums).toEqual(sumOf(recount));
      }),
    );
  });

  it('W52 count a run by its start, its end once, and its duration from one to the other', () => {
    const run = life(['NOT_RUN', 0], ['SUBMITTED', 6], ['RUNNING', 6], ['SUCCESS', 16, 'ran']);
    expect(of(run.slice(0, 1))).toEqual({});
    expect(of(run.slice(0, 2))).toEqual({ 'w 2026-11-20T02:05:00.000Z runs': 1 });
    expect(of(run)).toEqual({
      'w 2026-11-20T02:05:00.000Z runs': 1,
      'w 2026-11-20T02:05:00.000Z succeeded': 1,
      'w 2026-11-20T02:05:00.000Z durationMs': 600_000,
      [`w 2026-11-20T02:05:00.000Z bin${binOf(600_000)}`]: 1,
    });
  });

  it('W61 count an automatic retry that succeeds once, as a success', () => {
    const run = life(
      ...([
        ['NOT_RUN', 0],
        ['SUBMITTED', 0],
        ['RUNNING', 0],
        ['WAIT_TIME', 1],
      ] as const),
      ...([
        ['SUBMITTED', 2],
        ['RUNNING', 2],
      ] as const),
      ['SUCCESS', 3, 'ran'],
    );
    for (let n = 1; n <= run.length; n += 1)
      expect(Object.keys(of(run.slice(0, n)))).not.toContain(`${first} failed`);
    expect(of(run)).toMatchObject({
      [`${first} runs`]: 1,
      [`${first} succeeded`]: 1,
      [`${first} autoRetried`]: 1,
      [`${first} durationMs`]: 180_000,
    });
  });

  it('take a failure back when the run is run again', () => {
    const failed = life(['NOT_RUN', 0], ['SUBMITTED', 0], ['FAILED', 1, 'failed']);
    expect(of(failed)).toMatchObject({ [`${first} failed`]: 1, [`${first} durationMs`]: 60_000 });
    const again = life(
      ...([
        ['NOT_RUN', 0],
        ['SUBMITTED', 0],
      ] as const),
      ...([
        ['FAILED', 1, 'failed'],
        ['NOT_RUN', 9],
        ['SUBMITTED', 10],
      ] as const),
    );
    expect(of(again)).toEqual({ [`${first} runs`]: 1 });
  });

  it('hold no test runs, and no runs in which nothing ran', () => {
    const idle = life(['NOT_RUN', 0], ['SUCCESS', 1, 'off-day']);
    expect(of(idle)).toEqual({});
    const ran = life(['NOT_RUN', 0], ['SUCCESS', 1, 'ran']);
    const asTest = (prefix: string) =>
      ran.map((change) => ({
        ...change,
        instanceId: change.instanceId.replace('~r~', `~m.${prefix}0a~`),
      }));
    expect(of(asTest('t-'))).toEqual({});
    expect(of(asTest('r-'))).toMatchObject({ [`w ${at(0)} manualRetries`]: 1 });
    expect(of(asTest(''))).not.toMatchObject({ [`w ${at(0)} manualRetries`]: 1 });
  });

  it('leave out what a run added before it was counted at all', () => {
    const [born, begun] = life(['NOT_RUN', 0], ['SUBMITTED', 0]) as [Change, Change];
    const run = foldMove(foldMove(undefined, born), begun) as Run;
    const old = { ...run, counted: undefined };
    const after = foldMove(old, aChange(1, { from: 'SUBMITTED', to: 'RUNNING', at: at(1) })) as Run;
    expect(sumOf(runDeltasOf([{ before: old, after }]))).toEqual({ [`${first} runs`]: 1 });
    expect(runDeltasOf([{ before: run, after }])).toEqual([]);
  });
});

describe('bins of durations', () => {
  it('give any duration back within five per cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (ms) => {
        const back = msOfBin(binOf(ms));
        expect(Math.abs(back - ms)).toBeLessThanOrEqual(ms * 0.05);
      }),
    );
  });

  it('give the quantile by nearest rank within five per cent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 ** 8 }), { minLength: 1 }),
        fc.constantFrom(0.5, 0.95, 1),
        (durations, share) => {
          const bins = new Map<number, number>();
          for (const ms of durations) bins.set(binOf(ms), (bins.get(binOf(ms)) ?? 0) + 1);
          const sorted = durations.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0;
          const told = quantileOfBins(bins, share) ?? 0;
          expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.05 + 1);
        },
      ),
    );
    expect(quantileOfBins(new Map(), 0.95)).toBeUndefined();
  });
});
