import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  type StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Asl } from '../asl/asl.ts';
import { acknowledge } from './acknowledge.ts';
import type { OpsFunction } from './ops-function.ts';

export interface OpsMachineProps {
  readonly type: StateMachineType;
  readonly definition: Asl;
  /** What its states call; the right to call exactly these is given. */
  readonly calls: readonly IAlias[];
}

/** A state machine from plain Amazon States Language, with a log of its failures and tracing. */
export class OpsMachine extends Construct {
  readonly machine: StateMachine;
  readonly #name: string;

  constructor(scope: Construct, id: string, props: OpsMachineProps) {
    super(scope, id);
    const { type, definition, calls } = props;
    // Named, so that the right to stop its executions can say which.
    const base = Names.uniqueResourceName(scope, { maxLength: 60, separator: '-' });
    this.#name = `${base}-${id}`;

    this.machine = new StateMachine(this, 'Machine', {
      stateMachineType: type,
      stateMachineName: this.#name,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        // Requests carry what users put into headers and bodies: that belongs into the run log, masked.
        includeExecutionData: false,
      },
    });
    for (const alias of calls) alias.grantInvoke(this.machine);
    acknowledge(this, {
      'AwsSolutions-SF1':
        'Logging every event of every attempt would cost more than the attempt; failures are logged, and the run log and the moves tell the rest.',
      'AwsSolutions-IAM5[Resource::*]':
        'Log delivery and X-Ray know no narrower resource for a state machine.',
    });
  }

  get arn(): string {
    return this.machine.stateMachineArn;
  }

  /** Lets a function stop the executions. */
  allowStop(stage: OpsFunction): void {
    const executions = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.#name}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    stage.allow(['states:StopExecution'], [executions]);
    acknowledge(stage, {
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${this.#name}:*]`]:
        'The executions of one machine, which are named after instances.',
    });
  }
}
