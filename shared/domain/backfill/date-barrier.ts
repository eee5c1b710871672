import { barrierOf } from '../generation/barrier.ts';
import type { PlannedInstance } from '../generation/plan.ts';
import { instanceIdOf } from '../instance/instance-id.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import type { Backfill } from './backfill.schema.ts';

type Owner = Pick<Backfill, 'id' | 'env' | 'selection'>;

/** Scope of the barrier behind a date of a backfill; its other barriers go on with `-of`. */
export const dateBarrierScope = (backfill: string): string => `bf-${backfill}`;

/** The backfill whose date ends with a barrier of this scope; undefined for other barriers. */
export const backfillOfBarrier = (scope: string): string | undefined =>
  /^bf-([0-9a-z]+)$/.exec(scope)?.[1];

/** The id of the barrier behind a date: the next date of its group begins when it has passed. */
export const dateBarrierId = (backfill: Owner, bizDate: BizDate): string =>
  instanceIdOf({ ...placeOf(backfill, bizDate), family: 'barrier', cycle: 1 });

/** The barrier behind a date; it is due when the first of the date's instances is. */
export const dateBarrier = (
  backfill: Owner,
  bizDate: BizDate,
  instances: readonly Pick<PlannedInstance, 'dueAt'>[],
): PlannedInstance => {
  const due = instances.map(({ dueAt }) => dueAt).toSorted();
  return barrierOf(placeOf(backfill, bizDate), due[0] ?? midnightOf(bizDate));
};

/** An id needs a workflow and a task: those of the first root. */
const placeOf = ({ id, env, selection }: Owner, bizDate: BizDate) => {
  const [project = '', workflow = '', task = workflow] = selection.roots[0]?.split('/') ?? [];
  return { env, project, workflow, task, scope: dateBarrierScope(id), bizDate, index: 1 };
};

const midnightOf = (bizDate: BizDate): Instant => `${bizDate}T00:00:00.000Z`;
