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

/**
 * Lists over the API's own handlers and a real engine, with 10,000 instances in one set of tables and a million (or as many
 * as asked for) in another: each day has the same size, so only the history differs. The loader writes the items that the
 * stages write. Both are asked in turn, question by question, so that a machine that is busy with something else slows both
 * alike and the ratio stands.
 */
export const benchLists = async (argument = '1000000'): Promise<boolean> => {
  const large = Number(argument);
  const sides = [await loaded(perDay), await loaded(large)] as const;
  try {
    console.log(`list | p50 ms at ${perDay} | p95 ms | p50 ms at ${large} | p95 ms | ratio of p95`);
    let fine = true;
    for (const [list, ask] of Object.entries(questions)) {
      const [before, after] = await inTurn(
        sides.map(({ api }) => ask((path) => api.send(get(path)))),
      );
      if (!before || !after) continue;
      const cells = [before.p50, before.p95, after.p50, after.p95].map((ms) => ms.toFixed(1));
      console.log(`${list} | ${cells.join(' | ')} | ${(after.p95 / before.p95).toFixed(2)}`);
      fine &&= after.p95 <= 300;
    }
    return fine;
  } finally {
    for (const { close } of sides) await close();
  }
};

const loaded = async (count: number) => {
  const opened = await openTables();
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
  return { api: startApi(stores, () => now), close: opened.close };
};

type Send = (path: string) => Promise<ApiReply>;

/** One question after the other; the number of the question varies what is asked for. */
type Asking = (n: number) => Promise<void>;

/** Asks both sides in turn; the first twenty questions warm them up. */
const inTurn = async (
  sides: readonly Asking[],
): Promise<readonly { p50: number; p95: number }[]> => {
  const took = sides.map((): number[] => []);
  for (let n = -20; n < asked; n += 1)
    for (const [side, ask] of sides.entries()) {
      const from = performance.now();
      await ask(Math.max(0, n));
      if (n >= 0) took[side]?.push(performance.now() - from);
    }
  return took.map(figuresOf);
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

const answered = ({ status, body }: ApiReply): string => {
  if (status !== 200) throw new Error(`${status}: ${body}`);
  return body;
};

const questions: Readonly<Record<string, (send: Send) => Asking>> = {
  ...Object.fromEntries(
    Object.entries(lists).map(([list, query]) => [
      list,
      (send: Send): Asking =>
        async (n) => {
          answered(await send(query(n)));
        },
    ]),
  ),
  'page after page': (send) => {
    let cursor: string | undefined;
    return async () => {
      const path = `${day}&limit=25${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      cursor = (JSON.parse(answered(await send(path))) as { cursor?: string }).cursor;
    };
  },
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
