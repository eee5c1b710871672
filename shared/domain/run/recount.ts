import type { Instance } from '../instance/instance.schema.ts';
import { runIdOfInstance } from '../instance/instance-id.ts';
import { type DayCounts, type DayDelta, dayDeltasOf, dayKeyOf } from './day-counts.ts';
import { type Change, foldMove } from './fold-run.ts';
import type { Run } from './run.schema.ts';

/** What instances add up to when they are counted as they stand, whatever moved them there. */
export type Recount = { readonly runs: readonly Run[]; readonly days: readonly DayDelta[] };

/** A number that a counter has and a recount does not. */
export type Difference = {
  /** `run:<run id>` or `day:<env#project#family#bizDate>`. */
  readonly counter: string;
  /** `total`, a status or an outcome. */
  readonly name: string;
  readonly stored: number;
  readonly counted: number;
};

/** Counts instances into the runs and days they belong to; barriers are nobody's work. */
export const recount = (instances: readonly Instance[]): Recount => {
  const changes = instances.map(asBornThere);
  const runs = new Map<string, Run>();
  for (const change of changes) {
    const runId = runIdOfInstance(change.instanceId);
    const run = foldMove(runs.get(runId), change);
    if (run) runs.set(runId, run);
  }
  return { runs: [...runs.values()], days: dayDeltasOf(changes) };
};

/** What the stored counters of the same runs and days say otherwise; a missing counter counts as zeros. */
export const differencesOf = (
  { runs, days }: Recount,
  storedRuns: ReadonlyMap<string, Run>,
  storedDays: ReadonlyMap<string, DayCounts>,
): readonly Difference[] => [
  ...runs.flatMap((run) => compare(`run:${run.runId}`, storedRuns.get(run.runId), run)),
  ...days.flatMap((day) => compare(`day:${dayKeyOf(day)}`, storedDays.get(dayKeyOf(day)), day)),
];

const asBornThere = ({ id, status, outcome, moves, version, dueAt }: Instance): Change => ({
  instanceId: id,
  to: status,
  outcome,
  at: moves.at(-1)?.at ?? dueAt,
  version,
  dueAt,
});

const compare = (
  counter: string,
  stored: DayCounts | undefined,
  counted: DayCounts,
): readonly Difference[] => {
  const [was, is] = [numbersOf(stored), numbersOf(counted)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names]
    .map((name) => ({ counter, name, stored: was.get(name) ?? 0, counted: is.get(name) ?? 0 }))
    .filter((each) => each.stored !== each.counted);
};

const numbersOf = (counts: DayCounts | undefined): ReadonlyMap<string, number> =>
  new Map(
    counts
      ? [
          ['total', counts.total],
          ...Object.entries(counts.counts),
          ...Object.entries(counts.outcomes),
        ]
      : [],
  );
