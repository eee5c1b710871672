import type * as z from 'zod';
import {
  type EventIn,
  type EventInType,
  eventInTypes,
  eventsIn,
} from '../../shared/contracts/events/event-in.ts';
import type { ReceivedEvent, StageOutput } from '../../shared/contracts/stages.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { pathText } from '../../shared/domain/workflow/problems-of-issues.ts';
import type { ReportRefused } from '../intake/find-reported.ts';
import { type ReportDatasetDeps, reportDataset } from '../intake/report-dataset.ts';
import { type ReportLogDeps, reportLog } from '../intake/report-log.ts';
import { reportProgress } from '../intake/report-progress.ts';
import { type ReportResultDeps, reportResult } from '../intake/report-result.ts';
import {
  hashOf,
  type RequestRunDeps,
  requestRun,
  type StartRefused,
} from '../intake/request-run.ts';

export type ReceiveDeps = RequestRunDeps &
  ReportLogDeps &
  ReportResultDeps &
  ReportDatasetDeps & {
    /** Keeps an event that cannot be taken, with the reason. */
    readonly bury: (event: ReceivedEvent, reason: string) => Promise<void>;
  };

type Envelope = Pick<ReceivedEvent, 'source'> & { readonly at: string };
type Take<T extends EventInType> = (
  detail: EventIn<T>,
  envelope: Envelope,
) => Promise<Result<unknown, string>>;

/**
 * Takes an event of others from our bus. What cannot be taken goes to the dead letters with a reason that names the field;
 * a repetition changes nothing, because each effect is conditional on an id that the event carries.
 */
export const receive = (deps: ReceiveDeps) => {
  const take = takersOf(deps);
  return async (event: ReceivedEvent): Promise<StageOutput<'receive-receive'>> => {
    const taken = await takeEvent(take, event);
    if (!taken.ok) await deps.bury(event, taken.error);
    return { taken: taken.ok };
  };
};

const takeEvent = async (
  take: { readonly [T in EventInType]: Take<T> },
  event: ReceivedEvent,
): Promise<Result<unknown, string>> => {
  const type = eventInTypes.find((each) => each === event['detail-type']);
  if (!type)
    return err(`detail-type: ${event['detail-type']} is none of ${eventInTypes.join(', ')}`);
  const detail = eventsIn[type].safeParse(event.detail);
  if (!detail.success) return err(reasonOf(detail.error));
  const envelope = { source: event.source, at: new Date(event.time).toISOString() };
  return (take[type] as Take<EventInType>)(detail.data, envelope);
};

const takersOf = (deps: ReceiveDeps): { readonly [T in EventInType]: Take<T> } => {
  const run = requestRun(deps);
  const log = reportLog(deps);
  const progress = reportProgress(deps);
  const result = reportResult(deps);
  const dataset = reportDataset(deps);

  return {
    'Run Requested': async ({ project, workflow, idempotencyKey, ...start }, { source, at }) => {
      const user = `event:${source}`;
      const requestId = hashOf(`${source}\n${idempotencyKey}`);
      const asked = await run({
        by: { user, source: 'event', requestId },
        place: { project, workflow },
        ...{ start, key: idempotencyKey, at },
      });
      return asked.ok ? asked : err(startText(asked.error, { project, workflow, ...start }));
    },
    'Task Log': async ({ instance, attempt, batch, lines }, { at }) =>
      textOf(await log({ instance, attempt, batch, lines, sentAt: at })),
    'Task Progress': async ({ instance, schemaVersion: _, ...shown }, { at }) =>
      textOf(await progress(instance, { ...shown, at: shown.at ?? at })),
    'Task Result': async (detail, { at }) => textOf(await result({ ...detail, at })),
    'Dataset Updated': async (
      { project, dataset: name, at: said, by, rows, partition },
      { source, at },
    ) =>
      dataset(project, name, {
        at: said ?? at,
        by: by ?? source,
        ...(rows === undefined ? {} : { rows }),
        ...(partition === undefined ? {} : { partition }),
      }),
  };
};

/** Every wrong field with what is wrong about it. */
const reasonOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => `${path.length === 0 ? 'detail' : pathText(path)}: ${message}`)
    .join('; ')
    .slice(0, 900);

const textOf = (done: Result<unknown, ReportRefused>): Result<unknown, string> =>
  done.ok ? ok(done.value) : err(done.error.text);

const startText = (
  refused: StartRefused,
  { project, workflow, env }: { project: string; workflow: string; env: string },
): string => {
  switch (refused.why) {
    case 'no-project':
      return `project: there is no project ${project}`;
    case 'no-workflow':
      return `workflow: project ${project} has no workflow ${workflow}`;
    case 'not-online':
      return `workflow: ${workflow} is not online in ${env}; put a published version online first`;
    case 'no-task':
      return `tasks: workflow ${workflow} has no task ${refused.task}`;
  }
};
