import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import { backfillEndOf, lastRunsOf } from '../../shared/domain/backfill/backfill-end.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { remember } from '../edge/remember.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { RecordedGroup } from './fold-batch.ts';

export type BackfillEndDeps = {
  readonly instances: Pick<InstanceStore, 'findBackfillPlan' | 'findRuns'>;
  readonly clock: Clock;
  readonly announce: (events: readonly EventOut[]) => Promise<void>;
};

/**
 * Announces that a backfill has ended. It is asked before a group counts as recorded, so that a crash loses nothing, and
 * once more after it: when two shards end the last runs of two groups at the same moment, each of them would otherwise
 * have seen the other's as still running. Both times the event has the same id.
 */
export const backfillEnds = ({ instances, clock, announce }: BackfillEndDeps) => {
  // What a backfill was resolved to never changes.
  const planOf = remember<string, BackfillPlan>((id) => instances.findBackfillPlan(id), {
    seconds: Number.POSITIVE_INFINITY,
    clock,
  });
  const announced = new WeakSet<RecordedGroup>();

  return async (group: RecordedGroup): Promise<void> => {
    if (announced.has(group)) return;
    const ended = group.endedRuns.filter(({ family }) => family === 'backfill');
    let all = true;
    for (const [id, own] of Map.groupBy(ended, ({ scope }) => scope)) {
      const plan = await planOf(id);
      const event = plan && (await endOf(instances, id, plan, own));
      if (event) await announce([event]);
      else all = false;
    }
    if (all) announced.add(group);
  };
};

const endOf = async (
  instances: BackfillEndDeps['instances'],
  id: string,
  plan: BackfillPlan,
  own: readonly Run[],
): Promise<EventOut | undefined> => {
  const last = lastRunsOf(plan);
  const deciding = own.filter(({ runId }) => last.includes(runId)).at(-1);
  if (!deciding) return undefined;
  const known = new Map(own.map((run) => [run.runId, run]));
  const runsOf = async (ids: readonly string[]) =>
    new Map([...(await instances.findRuns([...ids], { strong: true })), ...known]);

  if (!backfillEndOf({ dates: plan.dates }, await runsOf(last))) return undefined;
  const end = backfillEndOf(plan, await runsOf(plan.dates.flatMap(({ runs }) => runs)));
  if (!end) return undefined;
  const { env, project, runId, seq, endedAt, lastMoveAt } = deciding;
  return {
    type: 'Backfill Ended',
    detail: {
      schemaVersion: 1,
      id: `${id}#ended#${runId}#${seq}`,
      ...{ at: endedAt ?? lastMoveAt, env, project, backfill: id },
      ...end,
    },
  };
};
