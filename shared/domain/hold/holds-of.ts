import type { Instance } from '../instance/instance.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { limitAt, reopensAt } from '../pool/limit-at.ts';
import { rankOf } from '../workflow/priority.schema.ts';
import type { Hold } from './hold.schema.ts';

/** A hold that lasts now. `clearsAt` is missing while only a person can lift it. */
export type ActiveHold = {
  readonly hold: Hold;
  readonly since: Instant;
  readonly clearsAt?: Instant | undefined;
};

type Subject = Pick<
  Instance,
  'env' | 'project' | 'workflow' | 'task' | 'priority' | 'resourceGroup'
>;

/** The holds that keep an instance from starting now, in the order given. `pools` are the ids of the pools it takes. */
export const holdsOf = (
  instance: Subject,
  pools: readonly string[],
  holds: readonly Hold[],
  now: Instant,
): readonly ActiveHold[] =>
  holds.flatMap((hold) => {
    const active = covers(hold, instance, pools) ? activeHold(hold, now) : undefined;
    return active ? [active] : [];
  });

/** The hold as it lasts at `now`; undefined before it begins, after its end and outside its weekly hours. */
export const activeHold = (hold: Hold, now: Instant): ActiveHold | undefined => {
  const { from, until, weekly, since } = hold;
  if ((from !== undefined && now < from) || (until !== undefined && now >= until)) return undefined;
  if (!weekly) return { hold, since: from ?? since, clearsAt: until };

  const closed = {
    maxConcurrency: 1,
    windows: [{ ...weekly, maxConcurrency: 0 }],
    zone: weekly.zone,
  };
  if (limitAt(closed, now) > 0) return undefined;
  const opens = reopensAt(closed, now);
  return { hold, since: from ?? since, clearsAt: earlierOf(opens, until) };
};

/** Whether the hold is about the instance at all, whatever the time. What was thawed is not. */
export const covers = (
  { target, env, thawed }: Hold,
  { env: of, project, workflow, task, priority, resourceGroup }: Subject,
  pools: readonly string[],
): boolean => {
  if (env !== undefined && env !== of) return false;
  if (thawed?.priority !== undefined && rankOf(priority) >= rankOf(thawed.priority)) return false;
  if (thawed?.projects?.includes(project)) return false;

  switch (target.kind) {
    case 'everything':
      return true;
    case 'pool':
      return target.pool === `group:${resourceGroup}` || pools.includes(target.pool);
    case 'project':
      return target.project === project;
    case 'workflow':
      return target.project === project && target.workflow === workflow;
    case 'task':
      return target.project === project && target.workflow === workflow && target.task === task;
  }
};

const earlierOf = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined || a < b ? a : b;
