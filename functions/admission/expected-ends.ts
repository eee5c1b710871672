import { gateAtOf } from '../../shared/domain/gate/gate-at.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { laterOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { expectedDuration } from '../../shared/domain/simulation/expected-duration.ts';
import type { WorldDeps } from './world-deps.ts';

/** How far up a chain of waiting instances is followed, and how many are looked at: an estimate may be rough. */
const levels = 12;
const breadth = 60;

/**
 * When each of `instances` is expected to end: its start, or when the clock and its own open parents let it start, plus
 * the mean duration of its task, or what the simulation assumes of its kind while it has none. Missing for what a person must repair first (failed, paused, never generated).
 */
export const expectedEnds = async (
  deps: WorldDeps,
  instances: readonly Instance[],
  now: Instant,
  level = 0,
): Promise<ReadonlyMap<string, Instant>> => {
  const known = instances.slice(0, breadth);
  const seconds = await deps.catalog.expectedSeconds(known);
  const starts = await Promise.all(known.map((each) => startOf(deps, each, now, level)));

  return new Map(
    known.flatMap((instance, n): [string, Instant][] => {
      const start = starts[n];
      if (start === undefined) return [];
      const guess = expectedDuration(instance.kind, undefined);
      const end = plusSeconds(start, seconds.get(taskKeyOf(instance)) ?? guess.seconds);
      return [[instance.id, laterOf(end, now)]];
    }),
  );
};

export const taskKeyOf = ({
  env,
  project,
  workflow,
  task,
}: Pick<Instance, 'env' | 'project' | 'workflow' | 'task'>): string =>
  `${env}/${project}/${workflow}/${task}`;

const startOf = async (
  deps: WorldDeps,
  instance: Instance,
  now: Instant,
  level: number,
): Promise<Instant | undefined> => {
  if (isEnded(instance)) return instance.status === 'SUCCESS' ? now : undefined;
  if (instance.paused) return undefined;
  if (instance.startedAt && instance.status === 'RUNNING') return instance.startedAt;

  const clock = laterOf(now, gateAtOf(instance));
  if (instance.status !== 'NOT_RUN' || level === levels) return clock;

  const open = await deps.instances.openEdges(instance.id, breadth);
  const parents = await deps.instances.findMany(open);
  if (parents.size < open.length) return undefined;
  const ends = await expectedEnds(deps, [...parents.values()], now, level + 1);
  if (ends.size < Math.min(open.length, breadth)) return undefined;
  return [...ends.values()].reduce((latest, at) => laterOf(latest, at), clock);
};
