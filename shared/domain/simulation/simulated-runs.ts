import type { Instant } from '../kernel/time.schema.ts';
import type { SimulatedInstance, SimulatedRun } from './simulation.schema.ts';
import type { VirtualInstance } from './virtual-instance.ts';

/** The runs that simulated instances belong to, in order of due time. */
export const runsOf = (
  all: readonly Pick<VirtualInstance, 'instance'>[],
  simulated: readonly SimulatedInstance[],
): readonly SimulatedRun[] => {
  const heads = new Map(all.map(({ instance }) => [instance.runId, instance]));
  return [...Map.groupBy(simulated, ({ run }) => run)]
    .flatMap(([run, instances]) => {
      const head = heads.get(run);
      return head ? [runOf(run, head, instances)] : [];
    })
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.run < b.run ? -1 : 1));
};

const runOf = (
  run: string,
  { project, workflow, bizDate, cycle }: VirtualInstance['instance'],
  instances: readonly SimulatedInstance[],
): SimulatedRun => {
  const ends = instances.flatMap(({ endAt }) => endAt ?? []);
  const startAt = earliest(instances.flatMap((each) => each.startAt ?? []));
  const endAt = ends.length === instances.length ? latest(ends) : undefined;
  return {
    ...{ run, project, workflow, bizDate, cycle },
    dueAt: earliest(instances.map(({ dueAt }) => dueAt)) ?? '',
    ...(startAt === undefined ? {} : { startAt }),
    ...(endAt === undefined ? {} : { endAt }),
    instances: instances.length,
    never: instances.length - ends.length,
    poolSeconds: instances
      .flatMap(({ waits }) => waits)
      .reduce((sum, { why, seconds }) => sum + (why === 'pool' ? seconds : 0), 0),
    guessed: instances.filter(({ guessed }) => guessed).length,
  };
};

const earliest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted()[0];
const latest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted().at(-1);
