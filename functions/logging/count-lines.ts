import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { type Counts, emptyCounts, plusCounts } from '../../shared/domain/log/level-counts.ts';
import {
  type BucketCounts,
  countsByHeader,
  countsOfLines,
  hangsOnFate,
  type LogCondition,
  mayMeet,
  meets,
} from '../../shared/domain/log/log-condition.ts';
import type { StoredHeader } from '../stores/log-items.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { chunkKeyOf } from '../stores/logs-table.ts';
import type { Source } from './header-source.ts';
import type { Fates } from './resolve-fates.ts';
import type { Budget, Looked } from './search-lines.ts';

export type CountedLines = {
  /** Counts of each bucket that has any, by its start in epoch ms, in order. */
  readonly buckets: ReadonlyMap<number, Counts>;
  /** The header that was counted last, when the budget ended the count: go on after it and add up. */
  readonly next?: string | undefined;
  readonly searchedTo?: Instant | undefined;
  readonly looked: Looked;
};

type Count = {
  /** Oldest first, after the header that the count before ended with. */
  readonly sources: readonly Source<StoredHeader>[];
  readonly condition: LogCondition;
  readonly bucketMs: number;
  readonly budget: Budget;
};

type Deps = { readonly logs: Pick<LogStore, 'bodies'>; readonly fates: Fates };

const group = 1_000;
const mostBodies = 100;

/**
 * Counts the lines that meet a condition, in buckets of time. Each chunk is counted once, by its header where that is
 * enough, else by its lines; so the buckets of all parts of a count add up to what the search finds (W66).
 */
export const countLines =
  ({ logs, fates }: Deps) =>
  async ({ sources, condition, bucketMs, budget }: Count): Promise<CountedLines> => {
    const buckets = new Map<number, Counts>();
    const looked: Looked = { chunks: 0, skipped: 0, lines: 0 };
    const add = (counts: BucketCounts): void => {
      for (const [at, of] of counts)
        buckets.set(at, plusCounts(buckets.get(at) ?? emptyCounts(), of));
    };
    const hides = (header: StoredHeader): boolean =>
      header.fate === 'superseded' || (header.fate === 'pending' && fates.isHidden(header));

    const countChunks = async (headers: readonly StoredHeader[]): Promise<void> => {
      await fates.learn(headers.filter((header) => hangsOnFate(condition, header)));
      const unread: StoredHeader[] = [];
      for (const header of headers) {
        const fate = hides(header) ? 'superseded' : 'shown';
        const counts = countsByHeader(condition, header, { bucketMs, fate });
        if (counts) add(counts);
        else unread.push(header);
      }
      for (let at = 0; at < unread.length; at += mostBodies) {
        const some = unread.slice(at, at + mostBodies);
        const bodies = await logs.bodies(some.map((each) => ({ ...each, at: each.first })));
        const of = new Map(some.map((each) => [chunkKeyOf({ ...each, at: each.first }), each]));
        looked.chunks += bodies.length;
        for (const body of bodies) {
          const header = of.get(chunkKeyOf(body));
          looked.lines += body.lines.length;
          if (!header) continue;
          const facts = { kind: header.kind, hidden: hides(header) };
          add(
            countsOfLines(
              body.lines.filter((line) => meets(condition, line, facts)),
              bucketMs,
            ),
          );
        }
      }
    };

    let headers = 0;
    for (;;) {
      const taken = await takeGroup(sources);
      const last = taken.at(-1);
      const ordered = (next?: StoredHeader): CountedLines => ({
        buckets: new Map([...buckets].toSorted(([a], [b]) => a - b)),
        ...(next ? { next: next.sk, searchedTo: next.first } : {}),
        looked,
      });
      if (!last) return ordered();
      headers += taken.length;
      const wanted = taken.filter((header) => mayMeet(condition, header));
      looked.skipped += taken.length - wanted.length;
      await countChunks(wanted);
      if (headers >= budget.headers || looked.chunks >= budget.bodies) return ordered(last);
    }
  };

/** The next headers of all sources, merged by where they stand. */
const takeGroup = async (sources: readonly Source<StoredHeader>[]): Promise<StoredHeader[]> => {
  const taken: StoredHeader[] = [];
  while (taken.length < group) {
    await Promise.all(sources.filter((source) => source.isDry()).map((each) => each.fill()));
    let first: Source<StoredHeader> | undefined;
    for (const source of sources) {
      const head = source.head();
      if (head && (!first || head.sk < (first.head()?.sk ?? ''))) first = source;
    }
    if (!first) break;
    taken.push(first.take());
  }
  return taken;
};
