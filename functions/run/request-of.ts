import type { DatasetRef, WorkRequest } from '../../shared/contracts/stages.ts';
import { mentionedDatasets } from '../../shared/domain/dataset/mentioned-datasets.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { substituteIn, type Values } from '../../shared/domain/parameter/substitute.ts';
import { type Task, TaskWork } from '../../shared/domain/workflow/task.schema.ts';

export type RequestContext = {
  readonly instance: Instance;
  readonly task: Task;
  readonly values: Values;
  readonly allowHosts: readonly string[];
  /** Those of the project that the statement may mean. */
  readonly datasets: readonly DatasetRef[];
};

/** What the task state is asked to do: the work of the task with every parameter filled in. */
export const requestOf = ({
  instance,
  task,
  values,
  allowHosts,
  datasets,
}: RequestContext): Result<WorkRequest, string> => {
  const filled = substituteIn(TaskWork.parse(task), values);
  if (!filled.ok) return filled;
  const work = filled.value;
  const { outputs } = task;

  switch (work.kind) {
    case 'lambda': {
      const { kind, functionName } = work;
      const payload = knowing(work.payload ?? eventOf(instance, task, values), instance);
      return ok({ kind, functionName, payload, outputs });
    }
    case 'http': {
      const { kind, url, method } = work;
      const { body, headers } = bodyOf(work);
      return ok({
        ...{ kind, url, method, body, outputs },
        headers: { ...identityHeaders(instance), ...headers },
        allowHosts: [...allowHosts],
      });
    }
    case 'sql':
    case 'check': {
      const mentioned = [...mentionedDatasets(work.sql, datasets)];
      if (work.kind === 'check')
        return ok({
          kind: work.kind,
          sql: work.sql,
          expect: work.expect,
          datasets: mentioned,
          outputs,
        });
      const writes = datasets.find(({ name }) => name === work.writes);
      if (work.writes && !writes) return err(`there is no dataset ${work.writes} to write to`);
      return ok({ kind: work.kind, sql: work.sql, datasets: mentioned, writes, outputs });
    }
    default:
      return err(`a task of kind ${work.kind} has nothing to run`);
  }
};

/** What task code needs to report of its attempt; under a key of its own, whatever else the payload says. */
const identityOf = ({ id, runId, project, workflow, task, bizDate, attempt }: Instance) => ({
  ...{ instance: id, attempt, run: runId, project, workflow, task, bizDate },
});

/** A payload that is an object says who the task is; any other, or one with that key, stays as its author wrote it. */
const knowing = (payload: Payload, instance: Instance): Payload =>
  payload !== null && typeof payload === 'object' && !Array.isArray(payload)
    ? { nightshift: identityOf(instance), ...payload }
    : payload;

type Payload = Extract<WorkRequest, { kind: 'lambda' }>['payload'];

/** The same for a service behind `http`; headers of the task's own win. */
const identityHeaders = ({ id, runId, attempt }: Instance): Readonly<Record<string, string>> => ({
  'nightshift-instance': id,
  'nightshift-attempt': String(attempt),
  'nightshift-run': runId,
});

/** What a user's function is told when the task says nothing. */
const eventOf = (instance: Instance, task: Task, values: Values) => ({
  instance: instance.id,
  run: instance.runId,
  project: instance.project,
  workflow: instance.workflow,
  task: instance.task,
  bizDate: instance.bizDate,
  dueAt: instance.dueAt,
  attempt: instance.attempt,
  parameters: Object.fromEntries(
    Object.keys(task.parameters).map((name) => [name, values[name] ?? '']),
  ),
});

const bodyOf = ({
  body,
  headers,
}: Extract<TaskWork, { kind: 'http' }>): Pick<
  Extract<WorkRequest, { kind: 'http' }>,
  'body' | 'headers'
> => {
  if (body === undefined || typeof body === 'string') return { body, headers };
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    body: JSON.stringify(body),
    headers: typed ? headers : { ...headers, 'content-type': 'application/json' },
  };
};
