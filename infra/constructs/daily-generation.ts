import { Tags } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { dailyGenerationDefinition } from '../asl/daily-generation.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { every } from './every.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import { OpsMachine } from './state-machine.ts';
import type { Tables } from './tables.ts';

export interface DailyGenerationProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly bus: IEventBus;
}

/** Every quarter of an hour: the projects past 23:00 of their zone get tomorrow's instances. */
export class DailyGeneration extends Construct {
  readonly machine: OpsMachine;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { defaults, tables, bus }: DailyGenerationProps) {
    super(scope, id);
    const catalog = { table: tables.catalog, may: 'read' } as const;
    const instances = { table: tables.instances, may: 'read-write' } as const;

    const plan = new OpsFunction(this, 'Plan', {
      name: 'generate/plan',
      defaults,
      tables: { CATALOG_TABLE: catalog, INSTANCES_TABLE: instances },
    });
    const chunk = new OpsFunction(this, 'Chunk', {
      name: 'generate/chunk',
      defaults,
      tables: { CATALOG_TABLE: catalog, INSTANCES_TABLE: instances },
    });
    const seal = new OpsFunction(this, 'Seal', {
      name: 'generate/seal',
      defaults,
      tables: {
        CATALOG_TABLE: catalog,
        INSTANCES_TABLE: instances,
        LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
      },
      environment: { BUS_NAME: bus.eventBusName },
    });
    bus.grantPutEventsTo(seal.lambda);

    this.machine = new OpsMachine(this, 'DailyGeneration', {
      type: StateMachineType.STANDARD,
      calls: [plan.live, chunk.live, seal.live],
      definition: dailyGenerationDefinition({
        'generate-plan': plan.live.functionArn,
        'generate-chunk': chunk.live.functionArn,
        'generate-seal': seal.live.functionArn,
      }),
    });

    this.deadLetters = new DeadLetterQueue(this, 'DueDeadLetters');
    const due = new OpsFunction(this, 'Due', {
      name: 'generate/due',
      defaults,
      tables: {
        CATALOG_TABLE: catalog,
        LEDGER_TABLE: { table: tables.ledger, may: 'read' },
      },
      environment: this.environment,
      deadLetterQueue: this.deadLetters,
    });
    this.allowStart(due);
    every(this, 'EveryQuarter', 15, this.deadLetters, (props) => new LambdaInvoke(due.live, props));
    Tags.of(this).add('nightshift:component', 'generate');
  }

  /** The machine's name as functions read it. */
  get environment(): { GENERATION_MACHINE: string } {
    return { GENERATION_MACHINE: this.machine.arn };
  }

  /** Lets a stage have a project-day generated. */
  allowStart(stage: OpsFunction): void {
    stage.allow(['states:StartExecution'], [this.machine.arn]);
  }
}
