import { Tags } from 'aws-cdk-lib';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { BulkOperations } from './bulk-operations.ts';
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
  readonly bulk: BulkOperations;
}

/** Every minute: what nobody woke, claimed or ended. Every quarter: whether generation happened at all. */
export class Watch extends Construct {
  readonly watch: OpsFunction;
  readonly sentinel: OpsFunction;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    const { defaults, tables, runTask, generation, bulk } = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    const catalog = { table: tables.catalog, may: 'read' } as const;

    this.watch = new OpsFunction(this, 'Watch', {
      name: 'watch/watch',
      defaults,
      tables: {
        // Holds whose time is over are taken away, with an entry in the operation log.
        CATALOG_TABLE: { table: tables.catalog, may: 'read-write' },
        LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        VIEWS_TABLE: { table: tables.views, may: 'read' },
      },
      environment: {
        ...runTask.environment,
        ...generation.environment,
        ...bulk.environment,
        ...defaults.retention,
      },
      deadLetterQueue: this.deadLetters,
    });
    runTask.allowStart(this.watch);
    runTask.allowStop(this.watch);
    generation.allowStart(this.watch);
    bulk.allowStart(this.watch);

    this.sentinel = new OpsFunction(this, 'Sentinel', {
      name: 'watch/sentinel',
      defaults,
      tables: {
        CATALOG_TABLE: catalog,
        INSTANCES_TABLE: { table: tables.instances, may: 'read' },
        LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
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
