import { describe, expect, it } from 'vitest';
import type { Move } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { startApi } from '../api/start-api.ts';
import { type Chance, seededChance } from '../faults/seeded-chance.ts';
import type { Requested } from './bulk-operation.ts';
import { helpToTheEnd } from './random-operator.ts';
import { randomFates, randomWorkflow } from './random-workflow.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

/** NIGHTSHIFT_SEEDS=40 looks further; NIGHTSHIFT_FIRST_SEED repeats one that failed. */
const first = Number(process.env.NIGHTSHIFT_FIRST_SEED ?? 1);
const seeds = Array.from(
  { length: Number(process.env.NIGHTSHIFT_SEEDS ?? 2) },
  (_, n) => first + n,
);
const limits: Readonly<Record<string, number>> = { 'throttle:all': 3, 'throttle:named': 1 };
const rounds = 3;

/** A random workflow that has run is run again from random places; then everything must have finished in order. */
const play = async (seed: number, options: LineOptions, deadly = false): Promise<void> => {
  const chance = seededChance(seed);
  const line = await startLine({
    ...{ seed, at: '2026-11-19T23:57:00.000Z', limitOf: (pool) => limits[pool] },
    fateOf: randomFates(seed),
    ...options,
  });
  const call = startApi(line.stores, line.clock).as('ann', ['operator']);
  try {
    const { catalog } = line.stores;
    const rule = (name: string, scope: object, maxConcurrency: number) =>
      catalog.saveRule(ThrottleRule.parse({ name, scope, maxConcurrency }), undefined);
    await rule('all', { projects: ['p'] }, 3);
    await rule('named', { byName: true }, 1);
    await line.publish(randomWorkflow(chance));
    await line.generate('2026-11-18');
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:12:00.000Z');
    await finish(line);

    for (let round = 0; round < rounds; round += 1) {
      const body = requestOf(line, chance);
      const operation = await untilOver(line, call, body, { chance, deadly });
      const { total, succeeded, skipped, failed } = operation;
      expect({ seed, round, total }).toEqual({ seed, round, total: succeeded + skipped + failed });
      await finish(line);
      await checkOrder(line, operation.id, succeeded);
    }
    expect(line.failures).toEqual([]);
    expect(line.seen.faults).toEqual([]);
    expect(line.machines.mostAtOnce()).toBeLessThanOrEqual(1);
    expect(line.seen.slotsInUse()).toBe(0);
  } finally {
    await line.close();
  }
};

const hasFinished = (line: Line): boolean =>
  line.seen.instances().every(({ status }) => status === 'SUCCESS');

const finish = async (line: Line): Promise<void> => {
  for (let round = 0; round < 30 && !hasFinished(line); round += 1) {
    await line.run(90);
    await helpToTheEnd(line);
  }
  expect(hasFinished(line)).toBe(true);
};

const requestOf = (line: Line, chance: Chance): Requested => {
  if (chance.hits(0.25)) {
    const bizDate = { from: '2026-11-18', to: '2026-11-19' };
    return { op: 'rerun', filter: { bizDate, projects: ['p'], status: ['SUCCESS'] } };
  }
  const all = line.seen.instances().filter(({ family }) => family !== 'barrier');
  const roots = all.filter(isEnded);
  const root = roots[chance.below(roots.length)]?.id ?? '';
  const range = (['all', 'terminal', 'all-failed'] as const)[chance.below(3)] ?? 'all';
  const includeRoot = range === 'all-failed' || chance.hits(0.8);
  return { op: 'rerun-downstream', downstream: { root, range, includeRoot } };
};

type Way = { readonly chance: Chance; readonly deadly: boolean };

const untilOver = async (
  line: Line,
  call: ReturnType<ReturnType<typeof startApi>['as']>,
  body: Requested,
  { chance, deadly }: Way,
) => {
  const { id } = await call('planOperation', { body });
  const look = () => call('getOperation', { params: { operation: id } });
  const params = { operation: id };
  if (deadly) line.dieAfter(chance.below(80));
  await line.drain();
  for (let minute = 0; minute < 10 && (await look()).status === 'PLANNING'; minute += 1)
    await line.run(60);
  const { total, status } = await look();
  expect(status).toBe('PLANNED');
  if (total === 0) return look();

  await call('confirmOperation', { params, body: { expectedTotal: total } });
  if (deadly) line.dieAfter(chance.below(250));
  await line.drain();
  for (let minute = 0; minute < 10 && (await look()).status === 'RUNNING'; minute += 1)
    await line.run(60);
  expect((await look()).status).toBe('DONE');
  return look();
};

/** Every instance was moved once, and of two that were, the child began only after the parent had succeeded again. */
const checkOrder = async (line: Line, operation: string, succeeded: number): Promise<void> => {
  const moved = new Map<string, readonly Move[]>();
  for (const { id, family } of line.seen.instances()) {
    const moves = await line.stores.instances.history(id);
    const at = moves.findIndex((move) => move.operation === operation);
    expect(moves.filter((move) => move.operation === operation).length).toBeLessThanOrEqual(1);
    if (at !== -1) moved.set(id, moves.slice(at));
    else if (family === 'barrier') continue;
  }
  const counted = [...moved.keys()].filter((id) => !id.includes('~x~'));
  expect(counted.length).toBe(succeeded);

  for (const [child, moves] of moved)
    for (const parent of line.seen.parentsOf(child)) {
      const above = moved.get(parent);
      const again = above?.find(({ to, from }) => to === 'SUCCESS' && from !== 'SUCCESS');
      if (!above) continue;
      const begins = moves.find(
        ({ move }) => move === 'admit' || move === 'pass' || move === 'ask',
      );
      expect([child, (begins?.at ?? '') >= (again?.at ?? '~')]).toEqual([child, true]);
    }
};

const asOnAws = { shards: 3, largest: 10, doubled: 0.3 };
const badDay = {
  ...{ conflict: 0.08, throttle: 0.02, lostReply: 0.04 },
  ...{ staleRead: 0.2, slowIndex: 0.02, unprocessed: 0.2 },
};

describe.concurrent.each(seeds)(
  'reruns of what is downstream on any workflow, seed %i',
  (seed) => {
    it('N39 move each instance once and keep the order', () => play(seed, {}));

    it('N39 do so when batches come twice and wakes are lost', () =>
      play(seed + 1000, { shuffle: asOnAws, lostWakes: 0.2 }));

    it('N39 do so on a store that conflicts, throttles and loses replies, killed and started again', () =>
      play(seed + 2000, { shuffle: asOnAws, lostWakes: 0.1, faults: badDay }, true));
  },
  400_000,
);
