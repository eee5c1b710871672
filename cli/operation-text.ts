import type { OperationDetail, OperationRow } from '../shared/contracts/api/operation-routes.ts';

/** How far an operation is, in two lines. */
export const operationText = (operation: OperationRow): string => {
  const { id, op, status, total, done, succeeded, skipped, failed, reason } = operation;
  return [
    `${id}: ${op}: ${status}${reason ? ` (${reason})` : ''}`,
    `${done} of ${total} done: ${succeeded} succeeded, ${skipped} skipped, ${failed} failed`,
  ].join('\n');
};

/** What an operation would do, and the line that lets it. */
export const planText = (operation: OperationDetail): string => {
  const { id, plan, status, total, ineligible } = operation;
  if (!plan || status !== 'PLANNED') return operationText(operation);
  const { byWorkflow, below, stops, waits, estimate, pools } = plan;
  return [
    `${id}: ${operation.op} on ${total} instances, in ${plan.levels} steps; ${ineligible} left out`,
    ...byWorkflow.map(({ project, workflow, count }) => `  ${project}/${workflow}: ${count}`),
    ...plan.ineligible.reasons.map(
      ({ reason, count, example }) => `  left out: ${count}: ${reason} (${example})`,
    ),
    ...(stops.count > 0 ? [`  it stops ${stops.count} running ones`] : []),
    ...(waits > 0 ? [`  ${waits} have not started: they wait again`] : []),
    `  below them, not selected: ${below.count}${below.more ? ' or more' : ''}`,
    ...pools.map(
      ({ pool, limit, used, queued, targets }) =>
        `  ${pool}: ${targets} of these for ${limit} slots; ${used} in use, ${queued} in the queue`,
    ),
    ...(estimate
      ? [
          `  takes at least ${Math.round(estimate.atLeastSeconds)} s, ${Math.round(estimate.workSeconds)} s of work; ${estimate.withoutHistory} without history`,
        ]
      : []),
    ...(total > 0
      ? [`carry it out: nightshift operations confirm ${id} --total ${total}`]
      : ['there is nothing to do']),
  ].join('\n');
};
