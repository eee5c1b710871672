import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { AlertEvent } from '../../shared/domain/alert/alert-event.schema.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import type { Notice } from '../../shared/domain/notice/notice.schema.ts';

/** An incident that was opened, or has recovered, as the bus tells of it. */
export const incidentEvent = (incident: Incident, what: 'opened' | 'recovered'): EventOut => {
  const { id, env, project, failures, openedAt, recoveredAt } = incident;
  const { kind, instance, workflow, task, error } = incident.cause;
  return {
    type: what === 'opened' ? 'Incident Opened' : 'Incident Recovered',
    detail: {
      ...{ schemaVersion: 1, id: `${id}#${what}`, env, project, incident: id, failures, openedAt },
      at: what === 'opened' ? openedAt : (recoveredAt ?? openedAt),
      cause: { kind, instance, workflow, task, error },
    },
  };
};

/** A firing of an alert rule, whether or not anybody is told of it. */
export const alertFired = (event: AlertEvent): EventOut => {
  const { id, env, project, rule, ruleName, severity, kind, object, count, latestAt } = event;
  const { workflow, task, bizDate, error, incident } = event;
  return {
    type: 'Alert Fired',
    detail: {
      ...{ schemaVersion: 1, id: `${id}#${count}`, at: latestAt, env, project, alert: id },
      ...{ rule: rule.name, ruleName, severity, kind, object, count },
      ...{ workflow, task, bizDate, error, incident },
    },
  };
};

export const noticeIssued = (notice: Notice): EventOut => {
  const { id, at, env, project, rule, reason, kind, count, recipients } = notice;
  const { workflow, task, instance, runId, incident } = notice;
  return {
    type: 'Notice Issued',
    detail: {
      ...{
        schemaVersion: 1,
        id,
        at,
        env,
        project,
        notice: id,
        rule,
        reason,
        kind,
        count,
        recipients,
      },
      ...{ workflow, task, instance, runId, incident },
    },
  };
};
