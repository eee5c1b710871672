import { randomUUID } from 'node:crypto';
import type { IncidentStep } from '../../shared/contracts/api/incident-routes.ts';
import type { Refusal } from '../../shared/contracts/api/problem.ts';
import {
  acknowledgeIncident,
  closeIncident,
  type IncidentRefused,
  incidentAt,
  snoozeIncident,
  unsnoozeIncident,
} from '../../shared/domain/alert/change-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import { findIncident } from './find-incident.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'tell'>,
  'acknowledgeIncident' | 'snoozeIncident' | 'unsnoozeIncident' | 'noteIncident' | 'closeIncident'
>;

type Change = {
  readonly action: string;
  readonly kind: IncidentStep['kind'];
  readonly comment?: string | undefined;
  readonly until?: Instant | undefined;
  readonly decide: (incident: Incident, now: Instant) => Result<Incident, IncidentRefused>;
};

const tries = 8;

/**
 * What people decide about incidents. The decision, its step and an entry for the sweep, which makes the threads follow, are
 * one write; threads ask the incident before they tell, so nothing goes out in between.
 */
export const writeIncidents = (stores: ApiStores): Writes => {
  const { ledger, clock } = stores;

  const change = async <C extends Refusal['code']>(
    context: ApiContext,
    id: string,
    { action, kind, comment, until, decide }: Change,
    codes: Readonly<Record<IncidentRefused['reason'], C>>,
  ) => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const found = await findIncident(stores, context, id, 'operator');
      if (!found.ok) return found;
      const before = found.value;
      const now = clock();
      const decided = decide(before, now);
      if (!decided.ok)
        return err({ code: codes[decided.error.reason], detail: decided.error.message });
      if (decided.value === before) return ok(incidentAt(before, now));

      const saved = await ledger.saveIncident({
        ...{ before, after: decided.value },
        steps: [
          {
            ...{ id: `${kind}-${before.seq}`, at: now, kind, by: context.caller.user },
            ...{ text: comment, until },
          },
        ],
        due: [
          { kind: 'incident', id, at: now },
          ...(until === undefined ? [] : [{ kind: 'incident' as const, id, at: until }]),
        ],
      });
      if (!saved) continue;
      const { env, project } = before;
      await writeAudit(stores, context, {
        ...{ action, project, env, comment, object: `incident:${id}` },
        ...{ before: stateOf(before), after: stateOf(decided.value) },
      });
      return ok(incidentAt({ ...decided.value, seq: before.seq + 1 }, now));
    }
    return err({
      code: 'changed-meanwhile' as const,
      detail: 'the incident keeps changing; try again',
    });
  };
  const by = ({ caller }: ApiContext, at: Instant) => ({ by: caller.user, at });

  return {
    acknowledgeIncident: ({ params, body: { comment } }, context) =>
      change(
        context,
        params.incident,
        {
          ...{ action: 'acknowledge', kind: 'acknowledged', comment },
          decide: (incident, now) => acknowledgeIncident(incident, by(context, now)),
        },
        refusals,
      ),
    snoozeIncident: ({ params, body: { until, comment } }, context) =>
      change(
        context,
        params.incident,
        {
          ...{ action: 'snooze', kind: 'snoozed', comment, until },
          decide: (incident, now) => snoozeIncident(incident, until, now),
        },
        refusals,
      ),
    unsnoozeIncident: ({ params, body: { comment } }, context) =>
      change(
        context,
        params.incident,
        { action: 'unsnooze', kind: 'unsnoozed', comment, decide: unsnoozeIncident },
        { ...refusals, 'not-snoozed': 'nothing-changed' },
      ),
    closeIncident: ({ params, body: { comment } }, context) =>
      change(
        context,
        params.incident,
        {
          ...{ action: 'close', kind: 'closed', comment },
          decide: (incident, now) => closeIncident(incident, by(context, now)),
        },
        refusals,
      ),

    async noteIncident({ params, body: { text } }, context) {
      const found = await findIncident(stores, context, params.incident, 'operator');
      if (!found.ok) return found;
      const { id, env, project } = found.value;
      const step: IncidentStep = {
        id: `note-${hashOf(context.idempotencyKey ?? randomUUID())}`,
        ...{ at: clock(), kind: 'note', by: context.caller.user, text },
      };
      await ledger.addIncidentStep(id, step);
      await writeAudit(stores, context, {
        ...{ action: 'note', project, env, object: `incident:${id}`, after: { text } },
      });
      return ok(step);
    },
  };
};

const refusals = {
  over: 'incident-over',
  'until-out-of-range': 'invalid-input',
  'not-snoozed': 'changed-meanwhile',
} as const;

const stateOf = ({ status, acknowledgedBy, snoozedUntil, closedBy }: Incident) => ({
  ...{ status, acknowledgedBy, snoozedUntil, closedBy },
});
