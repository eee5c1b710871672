import type { Refusal } from '../../shared/contracts/api/problem.ts';
import {
  type AlertState,
  acknowledgeAlert,
  endOfDay,
  finishByHand,
  quietAlert,
} from '../../shared/domain/alert/change-alert.ts';
import { wrongSilence } from '../../shared/domain/alert/change-incident.ts';
import { parseDatedId } from '../../shared/domain/alert/incident-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { threadIdOf } from '../stores/threads.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { noProject } from './read-instances.ts';
import { requireRole } from './require-role.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<ApiHandlers<'tell'>, 'acknowledgeAlerts' | 'quietAlerts' | 'finishAlerts'>;

type Change = {
  readonly action: string;
  readonly comment?: string | undefined;
  readonly decide: (
    state: AlertState,
    now: Instant,
    project: Project,
  ) => Result<AlertState, string>;
};

const tries = 8;

/**
 * What people decide in the alert center, single or up to a hundred at once. An event and the thread of its messages are one
 * write, with an entry for the sweep, which looks whether anything of the thread goes on.
 */
export const writeAlerts = (stores: ApiStores): Writes => {
  const { catalog, ledger, clock } = stores;

  const changeOne = async (
    context: ApiContext,
    id: string,
    { action, comment, decide }: Change,
  ): Promise<Result<{ readonly note?: string }, Refusal>> => {
    const missing = err({ code: 'alert-not-found', detail: `there is no alert ${id}` } as const);
    const name = parseDatedId(id)?.project;
    if (name === undefined) return missing;
    const denied = await requireRole(context, name, 'operator');
    if (denied) return err(denied);
    const project = await catalog.findProject(name);
    if (!project) return noProject(name);

    for (let attempt = 0; attempt < tries; attempt += 1) {
      const event = await ledger.findAlertEvent(id);
      if (!event) return missing;
      const thread = await ledger.findThread(event);
      const now = clock();
      const decided = decide({ event, thread }, now, project);
      if (!decided.ok) return err({ code: 'nothing-changed', detail: decided.error });
      const after = decided.value;
      const saved = await ledger.changeAlert({
        ...{ wasSeq: event.seq, event: after.event },
        thread:
          thread && after.thread && after.thread !== thread
            ? { wasSeq: thread.seq, thread: after.thread }
            : undefined,
        due: thread ? [{ kind: 'digest', id: threadIdOf(thread), at: now }] : [],
      });
      if (!saved) continue;
      await writeAudit(stores, context, {
        ...{ action, comment, project: name, env: event.env, object: `alert:${id}` },
        ...{ before: stateOf(event), after: stateOf(after.event) },
      });
      return ok({});
    }
    return err({ code: 'changed-meanwhile', detail: 'the alert keeps changing; try again' });
  };

  return {
    acknowledgeAlerts: async ({ body: { ids, comment } }, context) =>
      ok(
        await batch(ids, (id) =>
          changeOne(context, id, {
            ...{ action: 'acknowledge', comment },
            decide: (state, at) => acknowledgeAlert(state, { by: context.caller.user, at }),
          }),
        ),
      ),

    async quietAlerts({ body: { ids, until, comment } }, context) {
      const wrong = until === undefined ? undefined : wrongSilence(until, clock());
      if (wrong !== undefined) return err({ code: 'invalid-input', detail: wrong });
      return ok(
        await batch(ids, (id) =>
          changeOne(context, id, {
            ...{ action: 'do-not-disturb', comment },
            decide: (state, now, { zone }) => quietAlert(state, until ?? endOfDay(now, zone)),
          }),
        ),
      );
    },

    finishAlerts: async ({ body: { ids, comment } }, context) =>
      ok(
        await batch(ids, (id) =>
          changeOne(context, id, { action: 'finish', comment, decide: finishByHand }),
        ),
      ),
  };
};

const stateOf = ({ status, acknowledgedBy, quietUntil }: AlertState['event']) => ({
  ...{ status, acknowledgedBy, quietUntil },
});
