import type { BusEvent } from './bus.ts';
import type { ExecutionRow } from './executions.ts';

/** What Step Functions tells the default bus when a Standard execution starts or ends. */
export const statusEvent = (row: ExecutionRow): BusEvent => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  resources: [row.arn],
  detail: {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    name: row.name,
    status: row.status,
    startDate: row.started,
    stopDate: row.stopped,
    input: row.input,
    inputDetails: { included: true },
    output: row.output,
    outputDetails: row.output === null ? null : { included: true },
    error: row.error,
    cause: row.cause,
  },
});
