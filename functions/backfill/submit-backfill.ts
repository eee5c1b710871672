import { type Backfill, maxBackfillDates } from '../../shared/domain/backfill/backfill.schema.ts';
import { datesNamed } from '../../shared/domain/backfill/group-dates.ts';
import { submitPending } from '../../shared/domain/backfill/submit-pending.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { Revised } from '../stores/collection.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { backfillIdOf } from './backfill-id.ts';

export type SubmitDeps = { readonly instances: InstanceStore; readonly clock: Clock };

/**
 * Submits a pending backfill and asks for its instances. Each step may be repeated: what was submitted stays in the
 * queue of the watch until its request is written. Undefined when somebody changed it meanwhile. `key` tells submissions
 * by hand of the same one apart.
 */
export const submitBackfill =
  (deps: SubmitDeps) =>
  async (
    backfill: Revised<Backfill>,
    byHand?: { readonly key: string; readonly actor: string },
  ): Promise<Revised<Backfill> | undefined> => {
    const at = deps.clock();
    const id = backfillIdOf(`${backfill.id}\n${byHand?.key ?? backfill.nextAt}`);
    const { submitted, pending } = submitPending(backfill, {
      id,
      at,
      byHand: byHand !== undefined,
    });
    const owner = byHand?.actor ?? backfill.owner;

    const isItself = submitted.id === backfill.id;
    const saved = await deps.instances.saveBackfill(
      { ...submitted, owner: isItself ? backfill.owner : owner },
      isItself ? backfill.rev : undefined,
    );
    if (isItself && !saved.ok) return undefined;
    if (pending) await deps.instances.saveBackfill(pending, backfill.rev);

    const runnable = saved.ok ? saved.value : await deps.instances.findBackfill(submitted.id);
    return runnable && requestInstances(deps)(runnable);
  };

/** Asks for the instances of a submitted backfill, once. */
export const requestInstances =
  ({ instances }: SubmitDeps) =>
  async (backfill: Revised<Backfill>): Promise<Revised<Backfill>> => {
    const { id, env, project, owner, submittedAt, request } = backfill;
    if (request !== undefined || submittedAt === undefined) return backfill;

    const first = localDateAt(backfill.startAt ?? submittedAt, backfill.zone);
    const [bizDate = first] = datesNamed(backfill.dates, first, maxBackfillDates);
    const asked = await instances.createRequest({
      id: `${env}~${project}~backfill~${id}`,
      kind: 'backfill',
      status: 'REQUESTED',
      ...{ env, project, bizDate, backfill: id },
      actor: owner,
      at: submittedAt,
    });
    const { rev, ...rest } = backfill;
    const saved = await instances.saveBackfill({ ...rest, request: asked.id }, rev);
    return saved.ok ? saved.value : ((await instances.findBackfill(id)) ?? backfill);
  };
