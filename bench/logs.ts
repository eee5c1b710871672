import { logSearch } from '../functions/logging/log-search.ts';
import type { Position } from '../functions/logging/search-lines.ts';
import { instanceStore } from '../functions/stores/instance-store.ts';
import { logStore } from '../functions/stores/logs-store.ts';
import { plusSeconds } from '../shared/domain/kernel/calendar-day.ts';
import { bucketSecondsOf } from '../shared/domain/log/bucket-width.ts';
import { cutIntoChunks } from '../shared/domain/log/cut-into-chunks.ts';
import type { LogCondition } from '../shared/domain/log/log-condition.ts';
import type { LogLine } from '../shared/domain/log/log-line.schema.ts';
import { parseLogQuery } from '../shared/domain/log/parse-log-query.ts';
import { anInstance } from '../shared/testing/an-instance.ts';
import { meterUnits } from '../tests/faults/consumed-units.ts';
import { openTables } from '../tests/faults/open-tables.ts';
import { type Chance, seededChance } from '../tests/faults/seeded-chance.ts';

const now = '2026-11-30T12:00:00.000Z';
const days = 30;
const short = 5;
const long = 500;
/** Every fifth attempt runs code that logs; the others write what our own stages have to say. */
const longEach = 5;
const atOnce = 16;
const linesDefault = 1_000_000;
const scope = { env: 'prod', projects: ['shop'] } as const;

/**
 * Run logs of 30 days as attempts write them, then searches as people make them. Prints write units against one item a
 * line, the rate of writing, and for each search p50 and p95 of time and read units of the first page and of the count.
 * The argument is the number of lines.
 */
export const benchLogs = async (argument?: string): Promise<boolean> => {
  const wanted = Number(argument ?? linesDefault);
  const open = await openTables();
  const meter = meterUnits(open.client);
  const logs = logStore({ client: open.client, table: open.tables.logs });
  const instances = instanceStore({ client: open.client, table: open.tables.instances });
  const { search, count } = logSearch({ logs, instances, clock: () => now });
  try {
    const chance = seededChance(7);
    const began = performance.now();
    let lines = 0;
    let plain = 0;
    const ofKind = { short: { units: 0, lines: 0 }, long: { units: 0, lines: 0 } };
    for (let n = 0; lines < wanted; n += atOnce) {
      const batches = Array.from({ length: atOnce }, (_, i) => anAttempt(chance, n + i));
      for (const kind of ['short', 'long'] as const) {
        const some = batches.filter(({ isLong }) => isLong === (kind === 'long'));
        await Promise.all(some.map((batch) => logs.append(batch)));
        ofKind[kind].units += meter.take().write;
        ofKind[kind].lines += some.reduce((sum, { chunks }) => sum + chunks.flat().length, 0);
      }
      for (const { chunks } of batches)
        for (const line of chunks.flat()) {
          lines += 1;
          plain += Math.ceil((JSON.stringify(line).length + itemOverhead) / 1024);
        }
    }
    const seconds = (performance.now() - began) / 1000;
    const write = ofKind.short.units + ofKind.long.units;
    const per1000 = (write / lines) * 1000;
    const fewer = plain / write;
    console.log(
      `${lines} lines in ${seconds.toFixed(0)} s: ${(lines / seconds).toFixed(0)} lines/s`,
    );
    console.log(
      `write units per 1,000 lines: ${per1000.toFixed(1)}; one item a line: ${((plain / lines) * 1000).toFixed(0)}; ${fewer.toFixed(1)} × fewer`,
    );

    console.log(
      'search                          page p50   p95 ms  units   count p50   p95 ms  units',
    );
    let slowest = 0;
    for (const [name, spanMinutes, of] of searches) {
      const page: number[] = [];
      const counts: number[] = [];
      let pageUnits = 0;
      let countUnits = 0;
      const rounds = spanMinutes > 1440 ? 10 : 40;
      for (let n = 0; n < rounds; n += 1) {
        const back = spanMinutes > 1440 ? 0 : chance.below((days - 1) * 1440);
        const to = plusSeconds(now, -back * 60);
        const condition = { from: plusSeconds(to, -spanMinutes * 60), to, ...of };
        meter.take();
        page.push(await timed(() => firstPage(search, condition)));
        pageUnits += meter.take().read;
        counts.push(await timed(() => wholeCount(count, condition)));
        countUnits += meter.take().read;
      }
      const [p50, p95] = [at(page, 0.5), at(page, 0.95)];
      if (spanMinutes === 30) slowest = Math.max(slowest, p95);
      console.log(
        [
          name.padEnd(30),
          ...[p50, p95].map((ms) => ms.toFixed(0).padStart(9)),
          (pageUnits / rounds).toFixed(0).padStart(6),
          ...[at(counts, 0.5), at(counts, 0.95)].map((ms) => ms.toFixed(0).padStart(10)),
          (countUnits / rounds).toFixed(0).padStart(6),
        ].join(' '),
      );
    }
    console.log(`half-hour search: p95 at most ${slowest.toFixed(0)} ms (aim 500)`);
    return fewer >= 20 && slowest <= 500;
  } finally {
    await open.close();
  }
};

/** Keys and attributes that an item of a single line would have beside its text. */
const itemOverhead = 200;

const words =
  'order loaded row file started finished copied partition table customer invoice page batch commit skipped'.split(
    ' ',
  );

const textOf = (chance: Chance): string =>
  `${words[chance.below(words.length)]} ${words[chance.below(words.length)]} ${chance.below(1_000_000)} of ${chance.below(90) + 10} in ${chance.below(5_000)} ms, request ${chance.below(2 ** 31).toString(16)}`;

const anAttempt = (chance: Chance, n: number) => {
  const isLong = n % longEach === 0;
  const instance = anInstance({
    project: 'shop',
    workflow: `flow_${chance.below(20)}`,
    task: `task_${chance.below(10)}`,
    kind: 'http',
    family: 'manual',
    scope: `b${n}`,
    status: 'RUNNING',
    attempt: 1,
  });
  const start = plusSeconds(now, -chance.below(days * 86_400_000) / 1000);
  let ms = 0;
  const lines = Array.from({ length: isLong ? long : short }, (_, at): LogLine => {
    ms += chance.below(isLong ? 2_000 : 400);
    const isError = chance.below(200) === 0;
    return {
      at: plusSeconds(start, ms / 1000),
      level: isError ? 'ERROR' : chance.below(20) === 0 ? 'WARN' : 'INFO',
      text: n % 997 === 0 && at === 2 ? `${textOf(chance)} needle` : textOf(chance),
      operation: at === 0 ? 'claim' : 'invoke',
    };
  });
  return { instance, attempt: 1, batch: 'end', chunks: cutIntoChunks(lines), isLong };
};

const queryOf = (text: string): Pick<LogCondition, 'query'> => {
  const query = parseLogQuery(text);
  if (!query.ok) throw new Error(query.error);
  return { query: query.value };
};

const halfHour = 30;
const month = days * 1440;
const searches: readonly (readonly [string, number, Partial<LogCondition>])[] = [
  ['30 min, everything', halfHour, {}],
  ['30 min, errors', halfHour, { levels: ['ERROR'] }],
  ['30 min, a frequent word', halfHour, queryOf('invoice')],
  ['30 min, a rare word', halfHour, queryOf('needle')],
  ['30 min, a prefix', halfHour, queryOf('need*')],
  ['30 days, everything', month, {}],
  ['30 days, errors', month, { levels: ['ERROR'] }],
  ['30 days, a frequent word', month, queryOf('invoice')],
  ['30 days, a rare word', month, queryOf('needle')],
];

type Search = ReturnType<typeof logSearch>['search'];
type Count = ReturnType<typeof logSearch>['count'];

/** Until a page is full or all is searched: bounded looks go on as the console does. */
const firstPage = async (search: Search, condition: LogCondition): Promise<void> => {
  let after: Position | undefined;
  let found = 0;
  do {
    const page = await search(scope, condition, { order: 'desc', limit: 100 - found, after });
    found += page.found.length;
    after = page.next;
  } while (after !== undefined && found < 100);
};

const wholeCount = async (count: Count, condition: LogCondition): Promise<void> => {
  const bucketMs = bucketSecondsOf(condition, 60) * 1000;
  let after: string | undefined;
  do after = (await count(scope, condition, { bucketMs, after })).next;
  while (after !== undefined);
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const at = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
