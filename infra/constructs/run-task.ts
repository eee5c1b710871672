import { Duration, Stack, Tags } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { runTaskDefinition } from '../asl/run-task.ts';
import { acknowledge, logicalIdOf } from './acknowledge.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import { OpsMachine } from './state-machine.ts';
import type { Tables } from './tables.ts';

export interface RunTaskProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  /** The bucket for datasets that this deployment makes. */
  readonly dataBucket: IBucket;
  /** Further buckets with datasets. */
  readonly datasetBuckets: readonly IBucket[];
  /** The users' functions that tasks of kind `lambda` may name. */
  readonly taskFunctions: readonly IFunction[];
}

/** Runs one attempt: two machines from one definition, the functions that they call, and the watch over their end. */
export class RunTask extends Construct {
  readonly express: OpsMachine;
  readonly standard: OpsMachine;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: RunTaskProps) {
    super(scope, id);
    const { defaults, tables } = props;
    const attempt = {
      defaults,
      environment: defaults.retention,
      tables: {
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        LOGS_TABLE: { table: tables.logs, may: 'write' },
      },
    } as const;

    const claim = new OpsFunction(this, 'Claim', {
      ...attempt,
      name: 'run/claim',
      tables: { ...attempt.tables, CATALOG_TABLE: { table: tables.catalog, may: 'read' } },
    });
    // Whoever ends an attempt tells of lines that a rule looks for: those in hand, and those that came while it ran.
    const ends = {
      ...attempt,
      tables: {
        ...attempt.tables,
        LOGS_TABLE: { table: tables.logs, may: 'read-write' },
        CATALOG_TABLE: { table: tables.catalog, may: 'read' },
        LEDGER_TABLE: { table: tables.ledger, may: 'write' },
      },
    } as const;
    const finish = new OpsFunction(this, 'Finish', { ...ends, name: 'run/finish' });
    const http = new OpsFunction(this, 'Http', { name: 'run/http', defaults });
    const sql = new OpsFunction(this, 'Sql', { name: 'run/sql', defaults });
    allowDatasets(sql, [props.dataBucket, ...props.datasetBuckets]);

    const machine = (
      machineId: string,
      type: StateMachineType,
      comment: string,
      longest: Duration,
    ) => {
      const made = new OpsMachine(this, machineId, {
        type,
        calls: [claim.live, http.live, sql.live, finish.live],
        definition: runTaskDefinition(
          {
            'run-claim': claim.live.functionArn,
            'run-http': http.live.functionArn,
            'run-sql': sql.live.functionArn,
            'run-finish': finish.live.functionArn,
          },
          { comment, timeoutSeconds: longest.toSeconds() },
        ),
      });
      this.#allowTaskFunctions(made.machine, props.taskFunctions);
      return made;
    };
    this.express = machine(
      'RunTaskExpress',
      StateMachineType.EXPRESS,
      'One attempt that ends within five minutes',
      Duration.minutes(5),
    );
    this.standard = machine(
      'RunTaskStandard',
      StateMachineType.STANDARD,
      'One attempt that may take long',
      Duration.days(8),
    );

    this.deadLetters = new DeadLetterQueue(this, 'EndedDeadLetters');
    this.#watchEnds(
      new OpsFunction(this, 'Ended', {
        ...ends,
        name: 'run/ended',
        deadLetterQueue: this.deadLetters,
      }),
    );
    Tags.of(this).add('nightshift:component', 'run');
  }

  /** Machine names as functions read them. */
  get environment(): { RUN_EXPRESS_MACHINE: string; RUN_STANDARD_MACHINE: string } {
    return { RUN_EXPRESS_MACHINE: this.express.arn, RUN_STANDARD_MACHINE: this.standard.arn };
  }

  /** Lets a stage start attempts. */
  allowStart(stage: OpsFunction): void {
    stage.allow(['states:StartExecution'], [this.express.arn, this.standard.arn]);
  }

  /** Lets a stage stop what AWS lets be stopped: executions of the Standard machine. */
  allowStop(stage: OpsFunction): void {
    this.standard.allowStop(stage);
  }

  #allowTaskFunctions(machine: IGrantable, functions: readonly IFunction[]): void {
    if (functions.length === 0) return;
    machine.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: functions.flatMap(({ functionArn }) => [functionArn, `${functionArn}:*`]),
      }),
    );
  }

  /** An execution that ended without Finish leaves an event, if it is a Standard one; watch finds the others. */
  #watchEnds(ended: OpsFunction): void {
    new Rule(this, 'EndedRule', {
      description: `Attempts that ${Stack.of(this).stackName} did not finish itself`,
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [this.standard.arn],
        },
      },
      targets: [
        new LambdaFunction(ended.live, {
          deadLetterQueue: this.deadLetters,
          retryAttempts: 10,
          maxEventAge: Duration.hours(1),
        }),
      ],
    });
  }
}

/** Reading, listing and replacing files, never deleting one. */
function allowDatasets(stage: OpsFunction, buckets: readonly IBucket[]): void {
  stage.allow(
    ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
    buckets.map((bucket) => bucket.arnForObjects('*')),
  );
  stage.allow(
    ['s3:ListBucket'],
    buckets.map(({ bucketArn }) => bucketArn),
  );
  for (const bucket of buckets)
    acknowledge(stage, {
      [`AwsSolutions-IAM5[Resource::<${logicalIdOf(bucket)}.Arn>/*]`]:
        'The files of datasets, which users name.',
    });
}
