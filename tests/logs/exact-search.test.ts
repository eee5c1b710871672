import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogScope, logSearch } from '../../functions/logging/log-search.ts';
import type { Budget, Position } from '../../functions/logging/search-lines.ts';
import { instanceStore } from '../../functions/stores/instance-store.ts';
import { logStore } from '../../functions/stores/logs-store.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { bucketSecondsOf } from '../../shared/domain/log/bucket-width.ts';
import type { LogCondition } from '../../shared/domain/log/log-condition.ts';
import { parseLogQuery } from '../../shared/domain/log/parse-log-query.ts';
import { type OpenTables, openTables } from '../faults/open-tables.ts';
import { type Chance, seededChance } from '../faults/seeded-chance.ts';
import {
  commonWords,
  type GeneratedBatch,
  generateLogs,
  logCategories,
  logOperations,
  logProjects,
  logTasks,
  logWorkflows,
} from './generate-logs.ts';
import { loadLogs } from './load-logs.ts';
import { type PlainLine, plainLines, plainScan } from './plain-scan.ts';

const seed = Number(process.env.NIGHTSHIFT_SEED ?? 20261130);
const size = 100_000;
const from = '2026-11-20T00:00:00.000Z';
const days = 4;
const now = plusSeconds(from, days * 86_400 + 3_600);
const small: Budget = { headers: 400, bodies: 40 };

let open: OpenTables;
let batches: GeneratedBatch[];
let lines: PlainLine[];
const searchOf = (client: OpenTables['client']) =>
  logSearch({
    logs: logStore({ client, table: open.tables.logs }),
    instances: instanceStore({ client, table: open.tables.instances }),
    clock: () => now,
  });

beforeAll(async () => {
  open = await openTables();
  batches = generateLogs(seededChance(seed), { from, days, lines: size });
  await loadLogs({ client: open.client, table: open.tables.logs }, batches);
  lines = plainLines(batches);
}, 120_000);
afterAll(() => open.close());

type Order = 'asc' | 'desc';
type Joined = {
  readonly env: LogScope['env'];
  readonly projects: readonly string[];
  readonly condition: LogCondition;
  readonly order: Order;
  readonly limit: number;
  readonly budget?: Budget | undefined;
  readonly between?: ((page: number) => Promise<void>) | undefined;
};

/** All pages, joined. */
const joined = async (
  search: ReturnType<typeof searchOf>['search'],
  { env, projects, condition, order, limit, budget, between }: Joined,
): Promise<string[]> => {
  const ids: string[] = [];
  let after: Position | undefined;
  for (let page = 0; ; page += 1) {
    const { found, next } = await search({ env, projects }, condition, {
      order,
      limit,
      after,
      budget,
    });
    ids.push(...found.map(({ id }) => id));
    if (!next) return ids;
    after = next;
    await between?.(page);
  }
};

/** The whole count, its parts added up. */
const counted = async (
  count: ReturnType<typeof searchOf>['count'],
  scope: LogScope,
  condition: LogCondition,
  budget?: Budget,
) => {
  const bucketMs = bucketSecondsOf(condition, 60) * 1000;
  const buckets = new Map<number, number[]>();
  let after: string | undefined;
  do {
    const part = await count(scope, condition, { bucketMs, after, budget });
    for (const [at, counts] of part.buckets)
      buckets.set(
        at,
        counts.map((n, level) => n + (buckets.get(at)?.[level] ?? 0)),
      );
    after = part.next;
  } while (after !== undefined);
  return { buckets, bucketMs };
};

const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
const pick = <T>(chance: Chance, all: readonly T[]): T => all[chance.below(all.length)] as T;
const some = <T>(chance: Chance, all: readonly T[]): T[] => {
  const chosen = all.filter(() => chance.hits(0.4));
  return chosen.length > 0 ? chosen : [pick(chance, all)];
};

const textQuery = (chance: Chance, lineText: string): string => {
  const words = lineText.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '');
  const word = () => (chance.hits(0.5) ? pick(chance, words) : pick(chance, commonWords));
  const term = () =>
    [
      word(),
      `${word().slice(0, 3)}*`,
      `"${words.slice(0, 2).join(' ')}"`,
      `NOT ${word()}`,
      `(${word()} OR ${word()})`,
    ][chance.below(5)];
  return Array.from({ length: 1 + chance.below(3) }, term).join(
    pick(chance, [' ', ' AND ', ' OR ']),
  );
};

/** One dimension after the other alone, then any combination. */
const conditionOf = (
  chance: Chance,
  n: number,
): { projects: string[]; condition: LogCondition } => {
  const sample = pick(chance, lines);
  const seconds = 60 * 2 ** (chance.below(1_050) / 100);
  const start = plusSeconds(sample.at, -chance.next() * seconds);
  const wants = (dimension: number) => (n < 27 ? n % 9 === dimension : chance.hits(0.3));
  const query = wants(8) ? parseLogQuery(textQuery(chance, sample.text)) : undefined;
  return {
    projects: wants(0) ? some(chance, logProjects) : [...logProjects],
    condition: {
      from: start,
      to: plusSeconds(start, seconds),
      ...(wants(1) ? { levels: some(chance, levels) } : {}),
      ...(wants(2) ? { workflows: some(chance, logWorkflows) } : {}),
      ...(wants(3) ? { tasks: some(chance, logTasks) } : {}),
      ...(wants(4) ? { run: sample.run } : {}),
      ...(wants(5) ? { version: 1 + chance.below(3) } : {}),
      ...(wants(6) ? { operation: pick(chance, logOperations) } : {}),
      ...(wants(7) ? { category: pick(chance, [...logCategories, 'request-sent']) } : {}),
      ...(query?.ok ? { query: query.value } : {}),
    },
  };
};

describe('search in 100,000 lines', () => {
  it(`W56 W66 200 queries of every dimension, alone and combined, find and count what a plain scan finds (seed ${seed})`, async () => {
    const chance = seededChance(seed + 1);
    const { search, count } = searchOf(open.client);
    expect(lines.length).toBeGreaterThanOrEqual(size);
    let foundAny = 0;

    for (let n = 0; n < 200; n += 1) {
      const { projects, condition } = conditionOf(chance, n);
      const expected = plainScan(lines, projects, condition);
      const order: Order = chance.hits(0.5) ? 'asc' : 'desc';
      const wanted = expected.map(({ id }) => id);
      const what = `query ${n} ${order} ${JSON.stringify({ projects, ...condition })}`;
      const budget = n % 8 === 0 ? small : undefined;

      const { buckets, bucketMs } = await counted(
        count,
        { env: 'prod', projects },
        condition,
        budget,
      );
      const byBucket = new Map<number, number[]>();
      for (const line of expected) {
        const at = Math.floor(Date.parse(line.at) / bucketMs) * bucketMs;
        const counts = byBucket.get(at) ?? [0, 0, 0, 0];
        counts[levels.indexOf(line.level)] = (counts[levels.indexOf(line.level)] ?? 0) + 1;
        byBucket.set(at, counts);
      }
      const filled = [...buckets].filter(([, counts]) => counts.some((each) => each > 0));
      expect(Object.fromEntries(filled), what).toEqual(Object.fromEntries(byBucket));

      const limit = Math.min(1_000, Math.max(1 + chance.below(500), Math.ceil(wanted.length / 6)));
      const ids = await joined(search, { env: 'prod', projects, condition, order, limit, budget });
      const inOrder = order === 'asc' ? wanted : wanted.toReversed();
      expect(ids.length, what).toBe(inOrder.length);
      expect(
        ids.findIndex((id, at) => id !== inOrder[at]),
        what,
      ).toBe(-1);
      if (wanted.length > 0) foundAny += 1;
    }
    expect(foundAny).toBeGreaterThan(120);
  }, 240_000);

  it('W59 gives every line once, and all that were there at the first page, while others append', async () => {
    const chance = seededChance(seed + 2);
    const { search } = searchOf(open.client);
    const table = { client: open.client, table: open.tables.logs };
    for (const order of ['asc', 'desc'] as const) {
      const condition = { from: plusSeconds(from, 40_000), to: plusSeconds(from, 60_000) };
      const before = new Set(
        plainScan(plainLines(batches), logProjects, condition).map(({ id }) => id),
      );
      const ids = await joined(search, {
        ...{ env: 'prod', projects: logProjects, condition, order, limit: 250 },
        between: async (page) => {
          const more = generateLogs(chance, {
            ...{ from: plusSeconds(from, 35_000), days: 0.3, lines: 40 },
            name: `${order}${page}x`,
          });
          await loadLogs(table, more);
          batches.push(...more);
        },
      });
      expect(new Set(ids).size).toBe(ids.length);
      const seen = new Set(ids);
      expect([...before].filter((id) => !seen.has(id))).toEqual([]);
      expect(ids.length).toBeGreaterThan(before.size);
      const at = new Map(plainLines(batches).map((line) => [line.id, `${line.at} ${line.id}`]));
      const keys = ids.map((id) => at.get(id) ?? '');
      expect(keys).toEqual(order === 'asc' ? keys.toSorted() : keys.toSorted().toReversed());
    }
  }, 120_000);
});
