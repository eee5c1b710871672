import './quiet-logs.ts';

import { expect } from 'vitest';
import type { RouteRequest } from '../../shared/contracts/api/route.ts';
import type { Routes } from '../../shared/contracts/api/routes.ts';
import { ApiProblem } from '../../shared/contracts/client/api-problem.ts';
import { plusDays, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { startApi } from '../api/start-api.ts';
import type { Chance } from '../faults/seeded-chance.ts';
import type { Line } from './start-line.ts';

type Spec = RouteRequest<Routes['createBackfill']>['body'];

/** Backfills of one play: each adds a few dates of the whole workflow. */
const mostAsked = 2;
const firstDate = '2026-11-15';
export const backfilledDates = [0, 1, 2, 3, 4].map((days) => plusDays(firstDate, days));

/** What the moment may refuse; whoever asks at random takes it. */
const refusals = [
  ...['nothing-selected', 'not-pending', 'not-submitted', 'changed-meanwhile', 'stale-rev'],
  'backfill-not-found',
];

/** Asks for backfills at random and does to them what people do, until `end` lets all of them run. */
export const randomBackfiller = (line: Line, chance: Chance) => {
  const call = startApi(line.stores, line.clock).as('root', ['admin']);
  const { instances } = line.stores;
  let asked = 0;

  const all = async () =>
    (await persistently(() => call('listBackfills', { query: { project: 'p', limit: 50 } }))).items;

  const ask = async () => {
    asked += 1;
    const idempotencyKey = `backfill-${chance.below(1_000_000)}`;
    const body = randomSpec(line, chance);
    await persistently(() =>
      call('createBackfill', { params: { project: 'p' }, body, idempotencyKey }),
    );
  };

  const change = async () => {
    const known = await all();
    const one = known[chance.below(Math.max(1, known.length))];
    if (!one) return;
    const params = { project: 'p', backfill: one.id };
    const idempotencyKey = `change-${chance.below(1_000_000)}`;
    const again = { params, body: {}, idempotencyKey };
    const name = one.state === 'pending' ? pick(chance, onPending) : pick(chance, onSubmitted);
    await persistently(async () => {
      if (name === 'deleteBackfill') await call(name, { params, idempotencyKey, ifMatch: one.rev });
      else await call(name, again);
    });
  };

  return {
    /** Asks for a backfill, changes one, or leaves them alone. */
    async act(): Promise<void> {
      if (asked < mostAsked && chance.hits(0.3)) await taken(ask);
      else if (chance.hits(0.5)) await taken(change);
    },

    /** Lets go what was paused before its time. */
    async end(): Promise<void> {
      for (const { id, state, paused } of await all())
        if (state === 'pending' && paused)
          await taken(() =>
            persistently(async () => {
              await call('resumeBackfill', { params: { project: 'p', backfill: id }, body: {} });
            }),
          );
    },

    /** Those whose next date may begin although one has failed. */
    async mayGoOn(): Promise<ReadonlySet<string>> {
      const found = await Promise.all((await all()).map(({ id }) => instances.findBackfill(id)));
      return new Set(found.flatMap((each) => (each?.continueOnFailure ? [each.id] : [])));
    },

    /** None waits for its time any more. */
    async isOver(): Promise<boolean> {
      const known = await all();
      return known.every(
        ({ state, nextAt, creation }) =>
          (state === 'submitted' && creation !== undefined && creation.status !== 'REQUESTED') ||
          (state === 'pending' &&
            (nextAt === undefined || nextAt > plusSeconds(line.clock(), 3600))),
      );
    },

    /** Each that was submitted has created what it planned, once, and all of that has succeeded. */
    async check(): Promise<void> {
      for (const { id, state } of await all()) {
        if (state === 'pending') continue;
        const backfill = await instances.findBackfill(id);
        const request = await instances.findRequest(backfill?.request ?? '');
        if (request?.status === 'REFUSED') continue;
        const plan = await instances.findBackfillPlan(id);
        const own = line.seen
          .instances()
          .filter(({ family, scope }) => family === 'backfill' && scope === id);
        const planned = plan?.instances;
        const view = await persistently(() =>
          call('getBackfill', { params: { project: 'p', backfill: id } }),
        );
        expect({
          ...{ id, status: view.status, succeeded: view.counts.SUCCESS, made: own.length },
          created: request?.result?.instances,
          found: request?.result?.existing,
        }).toEqual({
          ...{ id, status: 'SUCCESS', succeeded: planned, made: planned },
          ...{ created: planned, found: 0 },
        });
      }
    },
  };
};

const onPending = ['pauseBackfill', 'resumeBackfill', 'runBackfill', 'deleteBackfill'] as const;
const onSubmitted = ['terminateBackfill', 'rerunBackfill', 'rerunBackfill'] as const;

const pick = <T>(chance: Chance, list: readonly [T, ...T[]]): T =>
  list[chance.below(list.length)] ?? list[0];

const randomSpec = (line: Line, chance: Chance): Spec => {
  const tasks = [...new Set(line.seen.instances().map(({ task }) => task))].filter((task) =>
    task.startsWith('t'),
  );
  const from = plusDays(firstDate, chance.below(3));
  const isMassive = chance.hits(0.3);
  return {
    selection: {
      roots: chance.hits(0.3) ? ['p/w'] : [`p/w/${tasks[chance.below(tasks.length)] ?? 't0'}`],
      mode: isMassive ? 'massive' : 'list',
      ...(isMassive ? {} : { levels: pick(chance, [0, 1, 'all', 'all']) }),
      includeRoot: chance.hits(0.8),
      skipPaused: chance.hits(0.5),
    },
    dates: { ranges: [{ from, to: plusDays(from, 1 + chance.below(2)) }] },
    groups: 1 + chance.below(3),
    order: pick(chance, ['asc', 'desc']),
    existing: pick(chance, ['all', 'all', 'missing', 'failed']),
    yields: chance.hits(0.5),
    continueOnFailure: chance.hits(0.5),
    pausedTasks: pick(chance, ['run', 'keep']),
    dryRunTasks: pick(chance, ['run', 'keep']),
    ...(chance.hits(0.3) ? { window: { from: '00:00', to: '00:05' } } : {}),
    ...(chance.hits(0.2) ? { runWindow: { from: '00:00', to: '23:59', weekends: true } } : {}),
    ...(chance.hits(0.3) ? { resourceGroup: 'g2' } : {}),
    ...(chance.hits(0.3) ? { priority: pick(chance, ['LOWEST', 'HIGH']) } : {}),
    ...(chance.hits(0.3) ? { parameters: { by: 'chance' } } : {}),
    when: chance.hits(0.3)
      ? { kind: 'at', at: plusSeconds(line.clock(), 5 + chance.below(120)) }
      : chance.hits(0.2)
        ? { kind: 'manual' }
        : { kind: 'now' },
  };
};

/** Asks again what a busy store has refused, with the same key, as clients do. */
const persistently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      const isBusy =
        error instanceof ApiProblem &&
        (error.code === 'too-busy' || error.code === 'still-running');
      if (!isBusy || attempt === 6) throw error;
    }
};

/** What was refused for a reason of the moment is left. */
const taken = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiProblem && refusals.includes(error.code))) throw error;
  }
};
