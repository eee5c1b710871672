import * as z from 'zod';
import { secondsBetween } from '../kernel/calendar-day.ts';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';
import { NeverStarts, type SimulatedRun, type Simulation } from './simulation.schema.ts';

/** How the finish of a workflow moves: the run that gets the most later (or the least earlier). */
const MovedFinish = z.object({
  workflow: Key,
  runs: z.int().min(0).meta({ description: 'runs that are in both' }),
  run: z.string().optional().meta({ description: 'the run that gets the most later' }),
  before: Instant.optional(),
  after: Instant.optional(),
  laterSeconds: z.number().meta({ description: 'negative: it finishes earlier' }),
  change: z.enum(['moved', 'same', 'new', 'gone', 'lost', 'found', 'never']).meta({
    description:
      '`lost`: some run ends only before, `found`: only after, `never`: neither before nor after',
  }),
});

/** What a changed definition does to a simulated horizon. */
export const SimulationDiff = z
  .object({
    workflows: z.array(MovedFinish),
    added: z.array(z.string()).meta({ description: 'instances that are new; the first 200' }),
    addedCount: z.int().min(0),
    removed: z.array(z.string()).meta({ description: 'instances that go; the first 200' }),
    removedCount: z.int().min(0),
    late: z.array(z.string()).meta({
      description: 'workflows that finish later than the threshold allows, or not any more',
    }),
    saturated: z.array(z.string()).meta({ description: 'pools that somebody queues for only now' }),
    never: z.array(NeverStarts).meta({ description: 'instances that never end only now' }),
    worse: z.boolean().meta({ description: 'something is late, saturated or never ends only now' }),
  })
  .meta({ id: 'SimulationDiff' });
export type SimulationDiff = z.infer<typeof SimulationDiff>;

const listed = 200;

/** Holds the simulation with a changed definition against the one without. */
export const compareSimulations = (
  before: Simulation,
  after: Simulation,
  thresholdSeconds: number,
): SimulationDiff => {
  const [was, is] = [idsIn(before), idsIn(after)];
  const added = [...is].filter((id) => !was.has(id));
  const removed = [...was].filter((id) => !is.has(id));
  const runsBefore = Map.groupBy(before.runs, ({ workflow }) => workflow);
  const runsAfter = Map.groupBy(after.runs, ({ workflow }) => workflow);
  const moved = [...new Set([...runsBefore.keys(), ...runsAfter.keys()])]
    .map((workflow) =>
      movedFinish(workflow, runsBefore.get(workflow) ?? [], runsAfter.get(workflow) ?? []),
    )
    .toSorted((a, b) => b.laterSeconds - a.laterSeconds || (a.workflow < b.workflow ? -1 : 1));

  const neverBefore = new Set(before.never.map(({ id }) => id));
  const never = after.never.filter(({ id }) => !neverBefore.has(id));
  const late = moved
    .filter(({ laterSeconds, change }) => laterSeconds > thresholdSeconds || change === 'lost')
    .map(({ workflow }) => workflow)
    .toSorted();
  const queuedBefore = new Set(
    before.pools.filter(({ maxQueue }) => maxQueue > 0).map(({ pool }) => pool),
  );
  const saturated = after.pools
    .filter(({ pool, maxQueue }) => maxQueue > 0 && !queuedBefore.has(pool))
    .map(({ pool }) => pool);

  return {
    workflows: moved,
    added: added.slice(0, listed),
    addedCount: added.length,
    removed: removed.slice(0, listed),
    removedCount: removed.length,
    late,
    saturated,
    never: never.slice(0, listed),
    worse: late.length > 0 || saturated.length > 0 || never.length > 0,
  };
};

const idsIn = ({ instances }: Simulation): ReadonlySet<string> =>
  new Set(instances.map(({ id }) => id));

type Moved = SimulationDiff['workflows'][number];

const movedFinish = (
  workflow: string,
  before: readonly SimulatedRun[],
  after: readonly SimulatedRun[],
): Moved => {
  const was = new Map(before.map((run) => [run.run, run]));
  const both = after.flatMap((run) => {
    const old = was.get(run.run);
    return old ? [{ run: run.run, before: old.endAt, after: run.endAt }] : [];
  });
  const [worst] = both
    .flatMap(({ run, before: from, after: to }) =>
      from && to ? [{ run, from, to, laterSeconds: secondsBetween(from, to) }] : [],
    )
    .toSorted((a, b) => b.laterSeconds - a.laterSeconds || (a.run < b.run ? -1 : 1));

  return {
    workflow,
    runs: both.length,
    ...(worst ? { run: worst.run, before: worst.from, after: worst.to } : {}),
    laterSeconds: worst?.laterSeconds ?? 0,
    change: changeOf(before.length, after.length, both, worst?.laterSeconds),
  };
};

const changeOf = (
  before: number,
  after: number,
  both: readonly Pick<Moved, 'before' | 'after'>[],
  laterSeconds: number | undefined,
): Moved['change'] => {
  if (before === 0) return 'new';
  if (after === 0) return 'gone';
  if (both.some((run) => run.before && !run.after)) return 'lost';
  if (both.some((run) => !run.before && run.after)) return 'found';
  if (laterSeconds === undefined) return both.length > 0 ? 'never' : 'new';
  return laterSeconds === 0 ? 'same' : 'moved';
};
