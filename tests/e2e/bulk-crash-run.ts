import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { seededChance } from '../faults/seeded-chance.ts';
import { apiClient } from './api-client.ts';
import { spawnHost } from './spawn-host.ts';

/**
 * An operation whose execution died with the host is found after some virtual time. The time-outs of states are virtual,
 * too, so a faster clock would end calls that are still at work.
 */
const clockSpeed = 4;
const tasksPerWorkflow = 500;
const project = 'bulk';
const askedAtOnce = 16;

/** What is left after a host was killed in the middle of a bulk operation and started again. */
export type BulkCrashReport = {
  readonly seed: number;
  readonly total: number;
  /** Instances that had been counted as done when the host was killed. */
  readonly doneAtCrash: number;
  readonly status: string;
  readonly succeeded: number;
  readonly skipped: number;
  readonly failed: number;
  /** Instances without exactly one move of the operation. */
  readonly notOnce: readonly string[];
  /** Instances that the operation did not leave as it should. */
  readonly notPaused: number;
  readonly planSeconds: number;
  readonly runSeconds: number;
};

/** Pauses that many instances, kills the host with SIGKILL at a point that the seed chooses, and waits for the end. */
export const bulkCrashRun = async (
  assembly: string,
  instances: number,
  seed: number,
): Promise<BulkCrashReport> => {
  const state = mkdtempSync(join(tmpdir(), 'nightshift-bulk-'));
  const args = { assembly, state, speed: clockSpeed };
  let host = await spawnHost(args);
  try {
    let call = apiClient(host.credentialsFile);
    const bizDate = await generate(call, instances);
    const planned = performance.now();
    const { id: operation } = await call('planOperation', {
      body: {
        op: 'pause',
        filter: { projects: [project], bizDate: { from: bizDate, to: bizDate } },
      },
    });
    const params = { operation };
    const look = () => call('getOperation', { params });
    while ((await look()).status === 'PLANNING') await sleep(200);
    const { total } = await look();
    const planSeconds = secondsSince(planned);

    const confirmed = performance.now();
    await call('confirmOperation', { params, body: { expectedTotal: total } });
    const after = 1 + seededChance(seed).below(Math.floor(total * 0.3));
    let doneAtCrash = 0;
    for (; doneAtCrash < after; doneAtCrash = (await look()).done) await sleep(20);
    await host.kill();

    host = await spawnHost({ ...args, port: Number(new URL(host.url).port) });
    call = apiClient(host.credentialsFile);
    while ((await look()).status === 'RUNNING') await sleep(300);
    const { status, succeeded, skipped, failed } = await look();
    const runSeconds = secondsSince(confirmed);
    const stock = await takeStock(call, operation);
    return {
      ...{ seed, total, doneAtCrash, status, succeeded, skipped, failed },
      ...{ ...stock, planSeconds, runSeconds },
    };
  } finally {
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
};

/** Workflows of many tasks that are due tomorrow evening; the business date they were generated for. */
const generate = async (call: Client, instances: number): Promise<string> => {
  await call('createProject', { body: { name: project } });
  for (let n = 0; n * tasksPerWorkflow < instances; n += 1) {
    const count = Math.min(tasksPerWorkflow, instances - n * tasksPerWorkflow);
    const workflow = `w${n}`;
    await call('publishWorkflow', {
      params: { project, workflow },
      body: {
        definition: {
          workflow,
          schedule: { every: 'day', at: '23:45' },
          tasks: Array.from({ length: count }, (_, t) => ({ name: `t${t}`, kind: 'noop' })),
        },
        online: true,
      },
    });
  }
  const bizDate = plusDays(new Date().toISOString().slice(0, 10), 1);
  const { id } = await call('requestGeneration', { params: { project }, body: { bizDate } });
  for (;;) {
    const request = await call('getRequest', { params: { request: id } });
    if (request.status !== 'REQUESTED') return bizDate;
    await sleep(300);
  }
};

const takeStock = async (call: Client, operation: string) => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('listOperationItems', {
      params: { operation },
      query: { limit: 200, cursor },
    });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined);

  const notOnce: string[] = [];
  let notPaused = 0;
  const queue = [...new Set(ids)].values();
  const worker = async () => {
    for (const instance of queue) {
      const { items } = await call('listMoves', { params: { instance } });
      const own = items.filter((move) => move.operation === operation);
      if (own.length !== 1) notOnce.push(instance);
      const pauses = items.filter(({ move }) => move === 'pause' || move === 'resume');
      if (pauses.length !== 1 || pauses[0]?.move !== 'pause') notPaused += 1;
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, worker));
  return { notOnce, notPaused };
};

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 100) / 10;
