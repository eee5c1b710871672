import * as z from 'zod';
import type { Outcome, Status } from '../instance/instance.schema.ts';

/** What a submitted backfill comes to. */
export const FlowStatus = z
  .enum(['NOT_RUN', 'RUNNING', 'FAILED', 'SUCCESS'])
  .meta({ id: 'FlowStatus' });
export type FlowStatus = z.infer<typeof FlowStatus>;

/** Where one date of it stands (nodes-and-instances 4.4). */
export const DateStatus = z
  .enum(['INIT', 'CREATE_FAILED', 'CREATED', 'READY', 'RUNNING', 'KILLED', 'FAILED', 'SUCCESS'])
  .meta({ id: 'DateStatus' });
export type DateStatus = z.infer<typeof DateStatus>;

/** How many instances stand where; what is missing is 0. */
export type StatusCounts = Readonly<Partial<Record<Status, number>>>;

/**
 * The status of a flow, by the first rule that holds (nodes-and-instances 4.4, N59): all not run; any waiting or running;
 * one failed; all succeeded; else it is running and `incomplete`: some succeeded, the rest waits for somebody.
 */
export const flowStatusOf = (
  counts: StatusCounts,
): { readonly status: FlowStatus; readonly incomplete: boolean } => {
  const of = (status: Status) => counts[status] ?? 0;
  const total = totalOf(counts);
  if (of('NOT_RUN') === total) return { status: 'NOT_RUN', incomplete: false };
  if (onTheirWay.some((status) => of(status) > 0)) return { status: 'RUNNING', incomplete: false };
  if (of('FAILED') > 0) return { status: 'FAILED', incomplete: false };
  if (of('SUCCESS') === total) return { status: 'SUCCESS', incomplete: false };
  return { status: 'RUNNING', incomplete: true };
};

export type DateStanding = {
  /** What became of the request that creates the instances. */
  readonly creation: 'REQUESTED' | 'DONE' | 'REFUSED';
  /** Instances that the plan names; fewer exist while it is being created. */
  readonly planned: number;
  readonly counts: StatusCounts;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** It is the first of its group, or the date before it is over. */
  readonly mayStart: boolean;
};

export const dateStatusOf = ({
  creation,
  planned,
  counts,
  outcomes,
  mayStart,
}: DateStanding): DateStatus => {
  const total = totalOf(counts);
  if (total === 0) return creation === 'REFUSED' ? 'CREATE_FAILED' : 'INIT';
  const { status } = flowStatusOf(counts);
  if (status === 'FAILED')
    return (outcomes.terminated ?? 0) === (counts.FAILED ?? 0) ? 'KILLED' : 'FAILED';
  if (status === 'RUNNING') return 'RUNNING';
  if (total < planned) return status === 'SUCCESS' ? 'RUNNING' : 'INIT';
  if (status === 'SUCCESS') return 'SUCCESS';
  return mayStart ? 'READY' : 'CREATED';
};

/** The sum of several counts. */
export const sumCounts = (all: readonly StatusCounts[]): StatusCounts => {
  const sum: Partial<Record<Status, number>> = {};
  for (const counts of all)
    for (const [status, count] of Object.entries(counts) as [Status, number][])
      sum[status] = (sum[status] ?? 0) + count;
  return sum;
};

export const totalOf = (counts: StatusCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const onTheirWay: readonly Status[] = [
  'WAIT_TIME',
  'THROTTLED',
  'WAIT_RESOURCE',
  'SUBMITTED',
  'RUNNING',
];
