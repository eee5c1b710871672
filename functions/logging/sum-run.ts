import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { type Counts, countLevel, emptyCounts } from '../../shared/domain/log/level-counts.ts';
import { hangsOnFate, meets } from '../../shared/domain/log/log-condition.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { spansOf } from '../stores/logs-table.ts';
import { lookBackFrom } from './header-source.ts';
import { type FateDeps, resolveFates } from './resolve-fates.ts';
import { never, runSources, wholeRun } from './run-lines.ts';
import type { Candidate } from './search-lines.ts';

export type RunSum = {
  readonly counts: Counts;
  readonly firstAt?: Instant | undefined;
  readonly lastAt?: Instant | undefined;
  /** False: the run has more chunks than one look counts. */
  readonly complete: boolean;
};

const mostChunks = 4_000;

/** What the log of a run comes to, by the same rules as its lines are shown. */
export const sumRun =
  ({ logs, instances, clock }: FateDeps & { readonly logs: LogStore; readonly clock: Clock }) =>
  async (run: string): Promise<RunSum> => {
    const condition = wholeRun(run, clock(), logs.retentionDays);
    const fates = resolveFates({ instances });
    const counts = emptyCounts();
    let firstAt: Instant | undefined;
    let lastAt: Instant | undefined;
    const from = lookBackFrom(condition.from, spansOf.long);
    const sources = runSources(logs, run, { order: 'asc', from, to: never });
    const isOver = () => sources.every((source) => !source.isDry());
    let chunks = 0;
    do {
      await Promise.all(sources.map((source) => source.fill()));
      const candidates: Candidate[] = [];
      for (const source of sources) while (source.head()) candidates.push(source.take());
      await fates.learn(candidates.filter((each) => hangsOnFate(condition, each)));
      for (const { lines = [], ...chunk } of candidates)
        for (const line of lines) {
          const facts = { kind: chunk.kind, hidden: fates.isHidden(chunk) };
          if (!meets(condition, line, facts)) continue;
          countLevel(counts, line.level);
          if (firstAt === undefined || line.at < firstAt) firstAt = line.at;
          if (lastAt === undefined || line.at > lastAt) lastAt = line.at;
        }
      chunks += candidates.length;
    } while (!isOver() && chunks < mostChunks);
    return { counts, firstAt, lastAt, complete: isOver() };
  };
