import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { laterOf, plusSeconds } from '../../../../shared/domain/kernel/calendar-day.ts';

type Stretch = { readonly startAt: string; readonly endAt: string };

export type GanttNode = {
  readonly instance: InstanceRow;
  /** From its due time on, as long as it takes as a rule. */
  readonly planned: Stretch;
  /** Undefined while it has not begun; up to now while it runs. */
  readonly actual?: Stretch | undefined;
};

/** A planned bar of a task without history; a guess that can be seen. */
const guessSeconds = 30;

/** What a Gantt of a run shows, in order of what began or is due first, and the stretch of time that holds it all. */
export const ganttOf = (
  instances: readonly InstanceRow[],
  meanSeconds: ReadonlyMap<string, number>,
  now: string,
): { readonly rows: readonly GanttNode[]; readonly span: { from: string; to: string } } => {
  const rows = instances
    .map((instance): GanttNode => {
      const { dueAt, startedAt, endedAt, task } = instance;
      const seconds = meanSeconds.get(task) ?? guessSeconds;
      return {
        instance,
        planned: { startAt: dueAt, endAt: plusSeconds(dueAt, seconds) },
        actual: startedAt
          ? { startAt: startedAt, endAt: laterOf(endedAt ?? now, startedAt) }
          : undefined,
      };
    })
    .toSorted((a, b) => (beginOf(a) < beginOf(b) ? -1 : beginOf(a) > beginOf(b) ? 1 : 0));

  const stretches = rows.flatMap(({ planned, actual }) => (actual ? [planned, actual] : [planned]));
  const starts = stretches.map(({ startAt }) => startAt).toSorted();
  const ends = stretches.map(({ endAt }) => endAt).toSorted();
  const from = starts[0] ?? now;
  const to = ends.at(-1) ?? now;
  return { rows, span: { from, to: to > from ? to : plusSeconds(from, guessSeconds) } };
};

const beginOf = ({ planned, actual }: GanttNode): string => actual?.startAt ?? planned.startAt;
