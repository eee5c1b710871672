import { Tags } from 'aws-cdk-lib';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { dispatchDefinition } from '../asl/dispatch.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { every } from './every.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import type { RunTask } from './run-task.ts';
import { OpsMachine } from './state-machine.ts';
import type { Tables } from './tables.ts';

export interface DispatchLoopProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly runTask: RunTask;
}

/** Every minute: what becomes due within the next 150 s, each at its second. */
export class DispatchLoop extends Construct {
  readonly machine: OpsMachine;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { defaults, tables, runTask }: DispatchLoopProps) {
    super(scope, id);
    const look = new OpsFunction(this, 'Look', {
      name: 'dispatch/look',
      defaults,
      tables: { INSTANCES_TABLE: { table: tables.instances, may: 'read' } },
    });
    const admit = new OpsFunction(this, 'Admit', {
      name: 'dispatch/admit',
      defaults,
      tables: {
        CATALOG_TABLE: { table: tables.catalog, may: 'read' },
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        VIEWS_TABLE: { table: tables.views, may: 'read' },
      },
      environment: { ...runTask.environment, ...defaults.retention },
    });
    runTask.allowStart(admit);

    this.machine = new OpsMachine(this, 'Dispatch', {
      type: StateMachineType.EXPRESS,
      calls: [look.live, admit.live],
      definition: dispatchDefinition({
        'dispatch-look': look.live.functionArn,
        'dispatch-admit': admit.live.functionArn,
      }),
    });

    this.deadLetters = new DeadLetterQueue(this, 'TickDeadLetters');
    every(
      this,
      'EveryMinute',
      1,
      this.deadLetters,
      (props) => new StepFunctionsStartExecution(this.machine.machine, props),
    );
    Tags.of(this).add('nightshift:component', 'dispatch');
  }

  /** The machine's name as functions read it. */
  get environment(): { DISPATCH_MACHINE: string } {
    return { DISPATCH_MACHINE: this.machine.arn };
  }

  /** Lets a stage wake the dispatch for given seconds. */
  allowStart(stage: OpsFunction): void {
    stage.allow(['states:StartExecution'], [this.machine.arn]);
  }
}
