import { type Asl, type AslState, type StageArn, stageState } from './asl.ts';

/** Kinds that a function of this stack runs, and those that need the machine to call the user's. */
const branches = [
  { kinds: ['http'], state: 'Http' },
  { kinds: ['sql', 'check'], state: 'Sql' },
  { kinds: ['lambda'], state: 'Invoke' },
];

export type RunTaskArns = StageArn<'run-claim' | 'run-http' | 'run-sql' | 'run-finish'>;

export interface RunTaskOptions {
  readonly comment: string;
  /** Ends an execution whose states cannot: longer than any time-out of a task in this machine. */
  readonly timeoutSeconds: number;
}

/**
 * One execution is exactly one attempt of an instance. The token made first tells this execution from a duplicate of
 * it, so that Claim lets only one of them go on; a task's failure is a result that Finish decides about, which is why no
 * task state is retried.
 */
export const runTaskDefinition = (arns: RunTaskArns, options: RunTaskOptions): Asl => ({
  Comment: options.comment,
  StartAt: 'Token',
  TimeoutSeconds: options.timeoutSeconds,
  States: {
    Token: {
      Type: 'Pass',
      Parameters: {
        'token.$': 'States.UUID()',
        'contract.$': '$.contract',
        'instanceId.$': '$.instanceId',
        'attempt.$': '$.attempt',
        'timeoutSeconds.$': '$.timeoutSeconds',
        'kind.$': '$.kind',
      },
      Next: 'Claim',
    },
    Claim: stageState('run-claim', arns['run-claim'], { Next: 'MayProceed' }),
    MayProceed: {
      Type: 'Choice',
      Choices: [{ Variable: '$.proceed', BooleanEquals: true, Next: 'WhichKind' }],
      Default: 'NothingToDo',
    },
    NothingToDo: { Type: 'Succeed' },
    WhichKind: {
      Type: 'Choice',
      Choices: branches.flatMap(({ kinds, state }) =>
        kinds.map((kind) => ({ Variable: '$.kind', StringEquals: kind, Next: state })),
      ),
      Default: 'UnknownKind',
    },
    UnknownKind: {
      Type: 'Pass',
      Result: { Error: 'UnknownKind', Cause: 'This deployment has no state for the kind.' },
      ResultPath: '$.error',
      Next: 'Finish',
    },
    Http: taskState({ Resource: arns['run-http'] }),
    Sql: taskState({ Resource: arns['run-sql'] }),
    Invoke: taskState({
      Resource: 'arn:aws:states:::aws-sdk:lambda:invoke',
      Parameters: {
        'FunctionName.$': '$.request.functionName',
        'Payload.$': '$.request.payload',
        LogType: 'Tail',
      },
    }),
    // Without an end the instance would hold its slots until watch finds it, so this is tried for two minutes.
    Finish: stageState('run-finish', arns['run-finish'], { attempts: 8, End: true }),
  },
});

/** A task's state: the time-out comes with the attempt, and whatever goes wrong is Finish's to decide. */
const taskState = (fields: Readonly<Record<string, unknown>>): AslState => ({
  Type: 'Task',
  ...fields,
  TimeoutSecondsPath: '$.timeoutSeconds',
  ResultPath: '$.result',
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Finish' }],
  Next: 'Finish',
});
