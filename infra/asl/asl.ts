import { type StageName, stages } from '../../shared/contracts/stages.ts';
import { retryableFaults } from '../../shared/domain/kernel/fault.ts';

/** Amazon States Language, the JSONPath part that this house uses. */
export type Asl = {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, AslState>>;
};

export type AslState = { readonly Type: string; readonly [field: string]: unknown };

/** What happens to a call before our code runs, or when its sandbox dies: the state may simply be tried again. */
const lambdaFaults = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
];

/** Name → ARN of the alias. */
export type StageArn<N extends StageName> = Readonly<Record<N, string>>;

/**
 * A stage as a state: its alias called with the whole input, the time-out of its contract, and a retry of the faults
 * that a retry can cure. Stages may run twice, so a time-out is tried again, too.
 */
export const stageState = (
  stage: StageName,
  arn: string,
  { attempts = 5, ...fields }: { readonly attempts?: number; readonly [field: string]: unknown },
): AslState => {
  const { raises, timeoutSeconds } = stages[stage];
  if (typeof timeoutSeconds !== 'number')
    throw new Error(`${stage} has no time-out of its own: give the state a TimeoutSecondsPath`);

  return {
    Type: 'Task',
    Resource: arn,
    TimeoutSeconds: timeoutSeconds,
    Retry: [
      {
        ErrorEquals: [
          ...lambdaFaults,
          'States.Timeout',
          ...raises.filter((fault) => retryableFaults.includes(fault)),
        ],
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxAttempts: attempts,
        MaxDelaySeconds: 30,
        JitterStrategy: 'FULL',
      },
    ],
    ...fields,
  };
};
