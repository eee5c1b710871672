import type { Backfill } from '../backfill/backfill.schema.ts';
import type { Empty, Instance } from '../instance/instance.schema.ts';
import { runDateOf } from '../kernel/calendar-day.ts';
import type { Key } from '../kernel/key.schema.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import type { OperationRequest } from './request.schema.ts';

type StartRequest = Extract<OperationRequest, { kind: 'start' }>;

/** What the failed run was made of. */
type Retried = {
  readonly run: {
    readonly runId: string;
    readonly family: Instance['family'];
    readonly version: number;
  };
  readonly instances: readonly Instance[];
  /** The request that it was started by hand with. */
  readonly request: StartRequest | undefined;
  readonly backfill: Pick<Backfill, 'parameters' | 'taskParameters'> | undefined;
  readonly zone: Zone;
};

/** What a retry asks generation for: the same work with the same parameters (workflows-and-logs B1.4). */
export type RetryPlan = Pick<
  StartRequest,
  'parameters' | 'taskParameters' | 'plannedAt' | 'plannedAtOf' | 'dryRun'
> & {
  /** The version that the run executed last. */
  readonly version: number;
  /** Its tasks without those that had nothing to do then. */
  readonly tasks: readonly Key[];
};

export type RetryRefused =
  | { readonly why: 'parameters-gone' | 'instances-gone' }
  | { readonly why: 'several-cycles'; readonly task: Key };

/**
 * How a run is re-sent. Refused when what it was started with is not kept any more, and when a task has several cycles of
 * its own in it: those are run again one by one.
 */
export const planRetry = ({
  run,
  instances,
  request,
  backfill,
  zone,
}: Retried): Result<RetryPlan, RetryRefused> => {
  const own = instances.filter(({ family }) => family !== 'barrier');
  if (own.length === 0) return err({ why: 'instances-gone' });
  if (run.family === 'manual' && !request) return err({ why: 'parameters-gone' });
  if (run.family === 'backfill' && !backfill) return err({ why: 'parameters-gone' });
  const several = own.find(({ index }) => index > 1);
  if (several) return err({ why: 'several-cycles', task: several.task });

  const sent = own.filter(({ empty }) => !empty || !hadNothingToDo.has(empty));
  const planned = new Map(sent.map((instance) => [instance.task, plannedAtOf(instance, zone)]));
  const [plannedAt] = [...planned.values()].toSorted();
  const others = [...planned].filter(([, at]) => at !== plannedAt);
  const ofTasks = Object.fromEntries(
    sent.flatMap((instance): [Key, Readonly<Record<string, string>>][] => {
      const address = `${instance.project}/${instance.workflow}/${instance.task}`;
      const values = backfill?.taskParameters[address] ?? request?.taskParameters?.[instance.task];
      return values ? [[instance.task, values]] : [];
    }),
  );
  return ok({
    version: Math.max(run.version, ...own.map(({ codeVersion = 0 }) => codeVersion)),
    tasks: sent.map(({ task }) => task),
    parameters: { ...(backfill?.parameters ?? request?.parameters) },
    ...(Object.keys(ofTasks).length > 0 ? { taskParameters: ofTasks } : {}),
    ...(plannedAt ? { plannedAt } : {}),
    ...(others.length > 0 ? { plannedAtOf: Object.fromEntries(others) } : {}),
    ...(request?.dryRun ? { dryRun: true } : {}),
  });
};

const hadNothingToDo: ReadonlySet<Empty> = new Set(['off-day', 'out-of-range', 'expired']);

/**
 * The due time that the parameters of an instance are about. A backfill is about the day after its business date whenever
 * it runs (nodes-and-instances 6.6); a retry of a retry is about what the first was about.
 */
const plannedAtOf = ({ family, plannedAt, dueAt, bizDate }: Instance, zone: Zone): Instant => {
  if (plannedAt) return plannedAt;
  const runDate = runDateOf(bizDate);
  return family === 'backfill' && localDateAt(dueAt, zone) !== runDate
    ? instantOfLocal(`${runDate}T00:00`, zone)
    : dueAt;
};
