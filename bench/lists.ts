import { batchPut } from '../functions/stores/batch-write.ts';
import { itemOfInstance } from '../functions/stores/instance-item.ts';
import type { Instance, Status } from '../shared/domain/instance/instance.schema.ts';
import { instanceIdOf, runIdOf } from '../shared/domain/instance/instance-id.ts';
import { isoOf, plusDays } from '../shared/domain/kernel/calendar-day.ts';
import { Project } from '../shared/domain/project/project.schema.ts';
import { type ApiReply, startApi } from '../tests/api/start-api.ts';
import { quantile } from '../tests/e2e/order-of.ts';
import { openTables } from '../tests/faults/open-tables.ts';
import { lineStores } from '../tests/line/line-stages.ts';

/** Instances of one project and business date, whatever the size of the table. */
const perDay = 10_000;
const projects = 10;
const firstDay = '2026-08-01';
const asked = 200;
const loadedAtOnce = 2_000;

const claims = { username: 'bench', 'cognito:groups': '[admin]' };

type Sample = { readonly list: string; readonly p50: number; readonly p95: number };

/**
 * Lists over the API's own handlers and a real engine, with 10,000 instances in the table and with a million (or as many as
 * asked for): each day has the same size, so only the history grows. The loader writes the items that the stages write.
 */
export const benchLists = async (argument = '1000000'): Promise<boolean> => {
  const large = Number(argument);
  const small = await measure(perDay);
  const grown = await measure(large);
  console.log(`list | p50 ms at ${perDay} | p95 ms | p50 ms at ${large} | p95 ms | ratio of p95`);
  for (const [n, before] of small.entries()) {
    const after = grown[n];
    if (!after) continue;
    const cells = [before.p50, before.p95, after.p50, after.p95].map((ms) => ms.toFixed(1));
    console.log(`${before.list} | ${cells.join(' | ')} | ${(after.p95 / before.p95).toFixed(2)}`);
  }
  return grown.every(({ p95 }) => p95 <= 300);
};

const measure = async (count: number): Promise<Sample[]> => {
  const opened = await openTables();
  try {
    const stores = lineStores(opened.client, opened.tables);
    const now = '2026-11-20T00:00:00.000Z';
    for (let n = 0; n < projects; n += 1) {
      const fields = { name: `p${n}`, createdAt: now, updatedAt: now, rev: 1 };
      await stores.catalog.saveProject(Project.parse(fields), undefined);
    }
    const began = performance.now();
    const table = { client: opened.direct, table: opened.tables.instances };
    for (let from = 0; from < count; from += loadedAtOnce) {
      const part = Array.from({ length: Math.min(loadedAtOnce, count - from) }, (_, n) => {
        const instance = instanceAt(from + n);
        return itemOfInstance(instance, 30).item;
      });
      await batchPut(table, part);
    }
    console.error(`${count} loaded in ${((performance.now() - began) / 1000).toFixed(0)} s`);

    const api = startApi(stores, () => now);
    const samples: Sample[] = [];
    for (const [list, query] of Object.entries(lists))
      samples.push({ list, ...(await sampled((n) => api.send(get(query(n))))) });
    samples.push({ list: 'page after page', ...(await paged((path) => api.send(get(path)))) });
    return samples;
  } finally {
    await opened.close();
  }
};

/** A question per list; `n` varies what is asked for within what the small table has, too. */
const day = `/api/instances?project=p0&bizDate=${firstDay}`;
const lists: Readonly<Record<string, (n: number) => string>> = {
  'first page': () => `${day}&limit=25`,
  'first page, 100 rows': () => `${day}&limit=100`,
  'latest first': () => `${day}&order=desc&limit=25`,
  'failed ones': () => `${day}&status=FAILED&limit=25`,
  'one workflow': (n) => `${day}&workflow=w${n % 100}&limit=25`,
  'nothing matches': () => `${day}&task=nobody&limit=25`,
};

const get = (path: string) => ({ method: 'GET', path, claims, headers: {} });

const sampled = async (ask: (n: number) => Promise<ApiReply>) => {
  const took: number[] = [];
  for (let n = -20; n < asked; n += 1) {
    const from = performance.now();
    const { status, body } = await ask(Math.max(0, n));
    if (status !== 200) throw new Error(`${status}: ${body}`);
    if (n >= 0) took.push(performance.now() - from);
  }
  return figuresOf(took);
};

const paged = async (ask: (path: string) => Promise<ApiReply>) => {
  const took: number[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < asked; page += 1) {
    const path = `${day}&limit=25${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const from = performance.now();
    const { body } = await ask(path);
    took.push(performance.now() - from);
    cursor = (JSON.parse(body) as { cursor?: string }).cursor;
    if (!cursor) throw new Error('the day ended before the pages did');
  }
  return figuresOf(took);
};

const figuresOf = (took: readonly number[]): { p50: number; p95: number } => {
  const sorted = took.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
};

/** Instance number `n`: days one after the other, each over a hundred workflows of a hundred tasks. */
const instanceAt = (n: number): Instance => {
  const block = Math.floor(n / perDay);
  const place = n % perDay;
  const bizDate = plusDays(firstDay, Math.floor(block / projects));
  const ref = {
    env: 'prod',
    project: `p${block % projects}`,
    workflow: `w${place % 100}`,
    task: `task_${Math.floor(place / 100)}`,
    family: 'recurring',
    scope: '',
    bizDate,
    cycle: 1,
    index: 1,
  } as const;
  const dueMs = Date.parse(`${plusDays(bizDate, 1)}T00:00:00.000Z`) + place * 8_000;
  const status: Status = place % 97 === 0 ? 'FAILED' : 'SUCCESS';
  const at = isoOf(dueMs);
  return {
    ...ref,
    id: instanceIdOf(ref),
    runId: runIdOf(ref),
    kind: 'noop',
    version: 1,
    dueAt: at,
    priority: 'MIDDLE',
    resourceGroup: 'default',
    timeoutSeconds: 60,
    retries: { count: 1, intervalSeconds: 300, onTimeout: false, onLost: false },
    status,
    outcome: status === 'FAILED' ? 'failed' : 'ran',
    seq: 4,
    attempt: 1,
    autoRetries: 0,
    submittedAt: at,
    startedAt: at,
    endedAt: isoOf(dueMs + 30_000),
    slots: [],
    moves: (['generate', 'admit', 'claim', 'succeed'] as const).map((move, i) => ({
      seq: i + 1,
      move,
      to: (['NOT_RUN', 'SUBMITTED', 'RUNNING', status] as const)[i] ?? status,
      at,
      actor: 'system:bench',
    })),
  };
};
