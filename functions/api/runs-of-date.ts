import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { runKeysOf } from '../stores/instances-table.ts';
import type { RunQuery } from '../stores/runs.ts';
import type { Page } from '../stores/table.ts';

/** Instances that starts by hand made for one date, looked at per project. */
const startedLookedAt = 1_000;

/**
 * Pages of the runs of one business date, the latest due first. Generated runs fall due within a day and a half of their
 * run date, whatever the zone; one that a person started is due when it was started, so those of the date are found by
 * their instances.
 */
export const runsOfDate = (
  instances: Pick<InstanceStore, 'listRuns' | 'listDay' | 'findRuns'>,
  { env, of, bizDate, from, until }: Asked,
): ((size: number, cursor: string | undefined) => Promise<Page<Run>>) => {
  const first = from !== undefined && from > bizDate ? from : bizDate;
  const end = `${plusDays(bizDate, 3)}T`;
  const last = until !== undefined && until < end ? until : end;
  const keyOf = (run: Run) => ('workflow' in of ? runKeysOf(run).qsk : runKeysOf(run).lsk);
  const apart = startedFor(instances, { env, of, bizDate }).then((runs) =>
    runs
      .filter(({ dueAt }) => dueAt < first || dueAt > `${last}~`)
      .filter(({ dueAt }) => (from ?? '') <= dueAt && dueAt <= (until ?? '~'))
      .map((run) => ({ key: keyOf(run), run }))
      .toSorted((a, b) => (a.key < b.key ? 1 : -1)),
  );

  return async (size, cursor) => {
    const at = positionOf(cursor)?.after ?? '~';
    const left = (await apart).filter(({ key }) => key < at);
    const later = left.filter(({ key }) => key > last).slice(0, size);
    const room = size - later.length;
    const window =
      room === 0 || at < first
        ? { items: [] }
        : await instances.listRuns({
            ...{ env, of, from: first, to: last, limit: room },
            cursor: at > `${last}~` ? undefined : cursor,
          });
    const earlier = left.filter(({ key }) => key < first).slice(0, room - window.items.length);
    const ends = 'cursor' in window && window.cursor !== undefined;
    const items = [
      ...later.map(({ run }) => run),
      ...window.items,
      ...(ends ? [] : earlier.map(({ run }) => run)),
    ];
    const tail = items.at(-1);
    const isFull = items.length === size || ends;
    return { items, cursor: isFull && tail ? cursorOf({ after: keyOf(tail) }) : undefined };
  };
};

type Asked = Pick<RunQuery, 'env' | 'of'> & {
  readonly bizDate: BizDate;
  /** Bounds of the due time that were asked for besides the date. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

const startedFor = async (
  instances: Pick<InstanceStore, 'listDay' | 'findRuns'>,
  {
    env,
    of,
    bizDate,
  }: { readonly env: Env; readonly of: RunQuery['of']; readonly bizDate: BizDate },
): Promise<readonly Run[]> => {
  const projects = 'workflow' in of ? [of.project] : of.projects;
  const pages = await Promise.all(
    projects.map((project) =>
      instances.listDay({ env, project, family: 'manual', bizDate, limit: startedLookedAt }),
    ),
  );
  const ids = pages
    .flatMap(({ items }) => items)
    .filter(({ workflow }) => !('workflow' in of) || workflow === of.workflow)
    .map(({ runId }) => runId);
  return [...(await instances.findRuns([...new Set(ids)])).values()];
};
