import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import type { CountedMove } from './counted-move.ts';

/** Events that follow from recorded moves. Their ids are functions of the moves, so a repetition is recognised. */

export const endedEvent = ({ instance, at, seq }: CountedMove): EventOut => ({
  type: 'Instance Ended',
  detail: {
    schemaVersion: 1,
    id: `${instance.id}#${seq}`,
    at,
    env: instance.env,
    project: instance.project,
    runId: instance.runId,
    workflow: instance.workflow,
    task: instance.task,
    instance: instance.id,
    bizDate: instance.bizDate,
    status: instance.status,
    outcome: instance.outcome,
    attempt: instance.attempt,
    error: instance.error,
  },
});

export const runEvent = (run: Run): EventOut => ({
  type: 'Workflow Run Ended',
  detail: {
    schemaVersion: 1,
    id: `${run.runId}#${run.seq}`,
    at: run.endedAt ?? run.lastMoveAt,
    env: run.env,
    project: run.project,
    runId: run.runId,
    workflow: run.workflow,
    bizDate: run.bizDate,
    status: run.status,
    total: run.total,
    failed: run.counts.FAILED,
  },
});

export const movedEvent = ({
  instance,
  at,
  actor,
  seq,
  from,
  to,
  outcome,
}: CountedMove): EventOut => {
  const { env, project, runId, workflow, task, id, bizDate, family, attempt, moves } = instance;
  const { move = 'move', reason } = moves.at(-1) ?? {};
  return {
    type: 'Instance Moved',
    detail: {
      schemaVersion: 1,
      id: `${id}#${seq}#moved`,
      ...{ at, env, project, runId, workflow, task, instance: id, bizDate, family, seq, move, to },
      ...(from ? { from } : {}),
      ...(outcome ? { outcome } : {}),
      attempt,
      actor: actor ?? 'unknown',
      ...(reason ? { reason } : {}),
    },
  };
};

export const runStarted = (run: Run): EventOut => ({
  type: 'Workflow Run Started',
  detail: {
    schemaVersion: 1,
    id: `${run.runId}#started#${run.startedAt}`,
    at: run.startedAt ?? run.lastMoveAt,
    env: run.env,
    project: run.project,
    runId: run.runId,
    workflow: run.workflow,
    bizDate: run.bizDate,
    family: run.family,
    version: run.version,
  },
});

export const datasetUpdated = ({ instance, at, seq }: CountedMove): EventOut[] => {
  const { env, project, id, bizDate, wrote } = instance;
  if (!wrote) return [];
  return [
    {
      type: 'Dataset Updated',
      detail: {
        schemaVersion: 1,
        id: `${id}#${seq}#dataset`,
        ...{
          at,
          env,
          project,
          dataset: wrote.dataset,
          by: taskPath(instance),
          instance: id,
          bizDate,
        },
        ...(wrote.rows === undefined ? {} : { rows: wrote.rows }),
      },
    },
  ];
};

/** How people write a task. */
export const taskPath = ({ project, workflow, task }: Instance): string =>
  [project, workflow, task].join('/');
