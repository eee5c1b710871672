import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { countsOfLevels } from '../../shared/domain/log/level-counts.ts';
import type { LogCondition } from '../../shared/domain/log/log-condition.ts';
import type { Clock } from '../edge/system-clock.ts';
import { chunkOfItem, type StoredLogChunk } from '../stores/log-items.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { logStripes, logsTable, placeOf, spansOf } from '../stores/logs-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import { lookBackFrom, type Source, sourceOf } from './header-source.ts';
import { type FateDeps, resolveFates } from './resolve-fates.ts';
import { type Candidate, type FoundPage, type Position, searchLines } from './search-lines.ts';

type Deps = FateDeps & { readonly logs: LogStore; readonly clock: Clock };

const budget = { headers: 5_000, bodies: 5_000 };

/** After everything that a log will hold. */
export const never = '9999-12-31T23:59:59.999Z';

/** The lines of one run in order, without failures that a retry followed; read from its bodies, which lie together. */
export const runLines =
  ({ logs, instances, clock }: Deps) =>
  (
    run: string,
    {
      order,
      limit,
      after,
    }: {
      readonly order: 'asc' | 'desc';
      readonly limit: number;
      readonly after?: Position | undefined;
    },
  ): Promise<FoundPage> => {
    const condition = wholeRun(run, clock(), logs.retentionDays);
    const begin = order === 'asc' ? (after?.at ?? condition.from) : condition.from;
    const since = order === 'asc' ? after?.since : undefined;
    const sources = runSources(logs, run, {
      order,
      from: since ?? lookBackFrom(begin, spansOf.long),
      to: order === 'desc' && after ? `${after.at}~` : never,
    });
    const fates = resolveFates({ instances });
    return searchLines({ logs, fates })({ sources, condition, order, limit, after, budget });
  };

/** The bodies of a run, stripe by stripe. Strong: who looks at a run wants what it wrote just now. */
export const runSources = (
  logs: Pick<LogStore, 'page'>,
  run: string,
  range: { readonly order: 'asc' | 'desc'; readonly from: string; readonly to: string },
): readonly Source<Candidate>[] =>
  stripesUpTo(logStripes).map((stripe) =>
    sourceOf(
      logs,
      {
        ...range,
        partition: logsTable.run(run, stripe),
        spanMs: spansOf.long,
        strong: true,
      },
      { read: (item) => candidateOf(chunkOfItem(item)) },
    ),
  );

/** Everything of a run that has not expired. */
export const wholeRun = (run: string, now: Instant, retentionDays: number): LogCondition => ({
  run,
  from: plusSeconds(now, -retentionDays * 86_400),
  to: never,
});

/** A body as a search takes it: what its header would say, and its lines. */
const candidateOf = (body: StoredLogChunk): Candidate => {
  const { env, project, workflow, runId } = placeOf(body.instance);
  const counts = countsOfLevels(body.lines);
  return {
    ...{ env, project, workflow, run: runId },
    task: body.task,
    instance: body.instance,
    attempt: body.attempt,
    chunk: body.chunk,
    sk: body.at,
    first: body.at,
    last: body.lines.at(-1)?.at ?? body.at,
    counts,
    filter: new Uint8Array(),
    kind: body.kind ?? '',
    version: body.version ?? 1,
    fate: counts[3] > 0 ? 'pending' : 'shown',
    lines: body.lines,
  };
};
