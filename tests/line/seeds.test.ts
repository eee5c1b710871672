import { describe, expect, it } from 'vitest';
import type { Status } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { type Chance, seededChance } from '../faults/seeded-chance.ts';
import { decisionOn, diagnose } from './diagnose.ts';
import { backfilledDates, randomBackfiller } from './random-backfiller.ts';
import { helpToTheEnd, operateAtRandom } from './random-operator.ts';
import { randomFates, randomWorkflow } from './random-workflow.ts';
import { recountDay } from './recount-day.ts';
import { recountRuns } from './recount-runs.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

/** NIGHTSHIFT_SEEDS=40 looks further; NIGHTSHIFT_FIRST_SEED repeats one that failed. */
const first = Number(process.env.NIGHTSHIFT_FIRST_SEED ?? 1);
const seeds = Array.from(
  { length: Number(process.env.NIGHTSHIFT_SEEDS ?? 6) },
  (_, n) => first + n,
);

const limits: Readonly<Record<string, number>> = {
  'throttle:all': 3,
  'throttle:named': 1,
  'group:g1': 1,
  'group:g2': 2,
};

/** A random workflow under random fates, with an operator and somebody who backfills at work, until everything has finished. */
const play = async (
  seed: number,
  options: LineOptions,
  { deadly = false, quiet = false } = {},
): Promise<void> => {
  const chance = seededChance(seed);
  const line = await startLine({
    ...{ seed, at: '2026-11-19T23:57:00.000Z', limitOf: (pool) => limits[pool] },
    fateOf: randomFates(seed),
    ...options,
  });
  try {
    await setUp(line);
    await line.publish(randomWorkflow(chance));
    await line.generate('2026-11-18');
    await line.generate('2026-11-19');
    const backfills = randomBackfiller(line, chance);
    for (let step = 0; step < 14; step += 1) {
      if (deadly && chance.hits(0.5)) line.dieAfter(chance.below(60));
      await line.run(5 + chance.below(70));
      await operateAtRandom(line, chance);
      await backfills.act();
      await line.drain();
      await agree(line, chance, quiet);
    }
    await line.runUntil('2026-11-20T00:16:00.000Z');
    for (let round = 0; round < 40 && !(await hasFinished(line, backfills)); round += 1) {
      await backfills.end();
      await helpToTheEnd(line);
      await line.run(90);
    }
    await checkEnd(line, await backfills.mayGoOn());
    await backfills.check();
    if (deadly) expect(line.deaths()).toBeGreaterThan(0);
  } finally {
    await line.close();
  }
};

const setUp = async ({ stores: { catalog } }: Line) => {
  const rule = (name: string, scope: object, maxConcurrency: number) =>
    catalog.saveRule(ThrottleRule.parse({ name, scope, maxConcurrency }), undefined);
  await rule('all', { projects: ['p'] }, 3);
  await rule('named', { byName: true }, 1);
  await catalog.saveGroup({ name: 'g1', slots: 1 }, undefined);
  await catalog.saveGroup({ name: 'g2', slots: 2 }, undefined);
};

const hasFinished = async (
  line: Line,
  backfills: ReturnType<typeof randomBackfiller>,
): Promise<boolean> =>
  line.seen.instances().every(({ status }) => status === 'SUCCESS') && (await backfills.isOver());

/** Waiting instances that are asked at a time. */
const lookedAt = 5;

/**
 * What dispatch sees and what the console prints must be the same. At rest, with nothing lost on the way, nobody may be
 * left waiting whom the gate would let through.
 */
const agree = async (line: Line, chance: Chance, quiet: boolean): Promise<void> => {
  const waiting = line.seen.instances().filter(isWaiting);
  const from = chance.below(Math.max(1, waiting.length - lookedAt + 1));
  for (const { id, parked } of waiting.slice(from, from + lookedAt)) {
    const [told, seen] = [await diagnose(line, id), await decisionOn(line, id)];
    const short = ({ blockers, ...decision }: typeof told) => ({
      decision: decision.decision,
      status: 'status' in decision ? decision.status : undefined,
      pool: 'pool' in decision ? decision.pool : undefined,
      steps: [...new Set(blockers.map(({ step }) => step))],
    });
    expect({ id, ...short(told) }).toEqual({ id, ...short(seen) });
    if (told.decision === 'wait') expect(told.blockers.length).toBeGreaterThan(0);
    // Nobody is told that a task was resumed or a hold lifted: the minute's watch takes back what was set aside.
    if (quiet && !parked) expect({ id, decision: seen.decision }).toEqual({ id, decision: 'wait' });
  }
};

const checkEnd = async (line: Line, goOn: ReadonlySet<string>): Promise<void> => {
  const { seen, stores, machines, failures } = line;
  const all = seen.instances();
  expect(
    all.filter(({ status }) => status !== 'SUCCESS').map(({ id, status }) => [id, status]),
  ).toEqual([]);
  expect(failures).toEqual([]);
  // The next date of a backfill may begin after a failure where that was asked for: its barrier passes early.
  const early = /~x\.bf-([^~]+)~\S+: pass while \S+ is (FAILED|NOT_RUN)$/;
  expect(seen.faults.filter((fault) => !goOn.has(early.exec(fault)?.[1] ?? ''))).toEqual([]);
  expect(machines.mostAtOnce()).toBeLessThanOrEqual(1);
  expect(seen.slotsInUse()).toBe(0);

  for (const { id, seq } of all) {
    const moves = await stores.instances.history(id);
    expect(moves.map((move) => move.seq)).toEqual(Array.from({ length: seq }, (_, n) => n + 1));
    const begun = moves.filter(({ from, to }) => isOver(from) && !isOver(to)).length + 1;
    const ended = moves.filter(({ from, to }) => !isOver(from) && isOver(to)).length;
    expect([id, ended]).toEqual([id, begun]);
    const attempts = await stores.instances.attempts(id);
    expect(attempts.filter(({ status }) => status === 'SUCCESS')).toHaveLength(
      moves.filter(({ move }) => move === 'succeed').length,
    );
    const of = (name: string) => moves.filter(({ move }) => move === name).length;
    expect(of('claim')).toBeLessThanOrEqual(of('admit'));
    expect(all.find((each) => each.id === id && isEnded(each))?.slots).toEqual([]);
  }
  for (const bizDate of new Set(['2026-11-18', '2026-11-19', ...backfilledDates])) {
    const recounted = await recountDay(stores)({ env: 'prod', project: 'p', bizDate });
    expect(recounted.differences).toEqual([]);
  }
  const ofRuns = await recountRuns(stores)({ from: '2026-11-18', days: 4 });
  expect(ofRuns.runs).toBeGreaterThan(0);
  expect(ofRuns.stored).toEqual(ofRuns.counted);
};

const isOver = (status: Status | undefined): boolean => status === 'SUCCESS' || status === 'FAILED';

const asOnAws = { shards: 3, largest: 10, doubled: 0.3 };
const badDay = {
  conflict: 0.08,
  throttle: 0.02,
  lostReply: 0.04,
  staleRead: 0.2,
  slowIndex: 0.02,
  unprocessed: 0.2,
};

describe.concurrent.each(seeds)(
  'any workflow, any fate, seed %i',
  (seed) => {
    it('finishes, and dispatch and diagnosis never disagree', () =>
      play(seed, {}, { quiet: true }));

    it('finishes when batches come twice and wakes are lost', () =>
      play(seed + 1000, { shuffle: asOnAws, lostWakes: 0.2 }));

    it('finishes on a store that conflicts, throttles, loses replies and answers late, killed and started again', () =>
      play(seed + 2000, { shuffle: asOnAws, lostWakes: 0.1, faults: badDay }, { deadly: true }));
  },
  600_000,
);
