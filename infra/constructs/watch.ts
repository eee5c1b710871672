import { Tags } from 'aws-cdk-lib';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { DailyGeneration } from './daily-generation.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { every } from './every.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import type { RunTask } from './run-task.ts';
import type { Tables } from './tables.ts';

export interface WatchProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly runTask: RunTask;
  readonly generation: DailyGeneration;
}

/** Every minute: what nobody woke, claimed or ended. Every quarter: whether generation happened at all. */
export class Watch extends Construct {
  readonly watch: OpsFunction;
  readonly sentinel: OpsFunction;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { defaults, tables, runTask, generation }: WatchProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    const catalog = { table: tables.catalog, may: 'read' } as const;

    this.watch = new OpsFunction(this, 'Watch', {
      name: 'watch/watch',
      defaults,
      tables: {
        CATALOG_TABLE: catalog,
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        VIEWS_TABLE: { table: tables.views, may: 'read' },
      },
      environment: {
        ...runTask.environment,
        ...generation.environment,
        ...defaults.retention,
      },
      deadLetterQueue: this.deadLetters,
    });
    runTask.allowStart(this.watch);
    runTask.allowStop(this.watch);
    generation.allowStart(this.watch);

    this.sentinel = new OpsFunction(this, 'Sentinel', {
      name: 'watch/sentinel',
      defaults,
      tables: {
        CATALOG_TABLE: catalog,
        LEDGER_TABLE: { table: tables.ledger, may: 'read' },
      },
      deadLetterQueue: this.deadLetters,
    });

    const call = (stage: OpsFunction, scheduleId: string, minutes: number) =>
      every(
        this,
        scheduleId,
        minutes,
        this.deadLetters,
        (props) => new LambdaInvoke(stage.live, props),
      );
    call(this.watch, 'EveryMinute', 1);
    call(this.sentinel, 'EveryQuarter', 15);
    Tags.of(this).add('nightshift:component', 'watch');
  }
}
