import { Duration, Tags } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { BulkOperations } from './bulk-operations.ts';
import type { DailyGeneration } from './daily-generation.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DispatchLoop } from './dispatch-loop.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import type { RunTask } from './run-task.ts';
import type { Tables } from './tables.ts';

export interface MoveStreamProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly bus: IEventBus;
  readonly runTask: RunTask;
  readonly dispatch: DispatchLoop;
  readonly generation: DailyGeneration;
  readonly bulk: BulkOperations;
  /** Projects whose every move is announced; `*`: all. */
  readonly announceMoves: readonly string[];
}

/** Items whose keys begin so: a stage is woken for nothing else. */
const changes = (pk: string, sk: string, ...eventNames: string[]) =>
  FilterCriteria.filter({
    eventName: eventNames,
    dynamodb: {
      Keys: { pk: { S: FilterRule.beginsWith(pk) }, sk: { S: FilterRule.beginsWith(sk) } },
    },
  });

const instances = changes('RUN#', 'I#', 'INSERT', 'MODIFY');
const requests = changes('REQ#', 'REQ', 'INSERT');
const operations = changes('OP#', 'ASK#', 'INSERT');

/** A stream keeps its records for 24 h: what cannot be served goes to the dead letters before it is lost. */
const giveUpAfter = Duration.hours(23);

/** The stream of the instances table and its two consumers; DynamoDB serves no third one well. */
export class MoveStream extends Construct {
  readonly release: OpsFunction;
  readonly record: OpsFunction;
  readonly deadLetters: {
    readonly release: DeadLetterQueue;
    readonly record: DeadLetterQueue;
  };

  constructor(scope: Construct, id: string, props: MoveStreamProps) {
    super(scope, id);
    const { defaults, tables, bus, runTask, dispatch, generation, bulk } = props;

    this.release = new OpsFunction(this, 'Release', {
      name: 'release/release',
      defaults,
      tables: {
        CATALOG_TABLE: { table: tables.catalog, may: 'read' },
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        VIEWS_TABLE: { table: tables.views, may: 'read' },
      },
      environment: {
        ...runTask.environment,
        ...dispatch.environment,
        ...generation.environment,
        ...bulk.environment,
        ...defaults.retention,
      },
    });
    runTask.allowStart(this.release);
    runTask.allowStop(this.release);
    dispatch.allowStart(this.release);
    generation.allowStart(this.release);
    bulk.allowStart(this.release);

    const releaseDeadLetters = new DeadLetterQueue(this, 'ReleaseDeadLetters');
    this.release.live.addEventSource(
      new DynamoEventSource(tables.instances, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [instances, requests, operations],
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(0),
        parallelizationFactor: 4,
        reportBatchItemFailures: true,
        maxRecordAge: giveUpAfter,
        onFailure: new SqsDlq(releaseDeadLetters),
      }),
    );

    this.record = new OpsFunction(this, 'Record', {
      name: 'record/record',
      defaults,
      tables: {
        CATALOG_TABLE: { table: tables.catalog, may: 'read' },
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
        VIEWS_TABLE: { table: tables.views, may: 'read-write' },
      },
      environment: {
        BUS_NAME: bus.eventBusName,
        ANNOUNCE_MOVES: props.announceMoves.join(','),
      },
    });
    bus.grantPutEventsTo(this.record.lambda);

    // One batch per shard at a time and a window, which is what tells the shard: counters are exact by a cursor per shard.
    const recordDeadLetters = new DeadLetterQueue(this, 'RecordDeadLetters');
    this.record.live.addEventSource(
      new DynamoEventSource(tables.instances, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [instances],
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(0),
        parallelizationFactor: 1,
        tumblingWindow: Duration.seconds(30),
        reportBatchItemFailures: true,
        maxRecordAge: giveUpAfter,
        onFailure: new SqsDlq(recordDeadLetters),
      }),
    );

    this.deadLetters = { release: releaseDeadLetters, record: recordDeadLetters };
    Tags.of(this).add('nightshift:component', 'moves');
  }
}
