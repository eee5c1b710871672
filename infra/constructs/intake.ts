import { Duration, Tags } from 'aws-cdk-lib';
import { type EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { eventInTypes } from '../../shared/contracts/events/event-in.ts';
import { eventSource } from '../../shared/contracts/events/event-out.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import type { Tables } from './tables.ts';

export interface IntakeProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly bus: EventBus;
}

/** Takes what others tell us on the bus. What cannot be taken lies in its dead letters, with the reason. */
export class Intake extends Construct {
  readonly receive: OpsFunction;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { defaults, tables, bus }: IntakeProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.receive = new OpsFunction(this, 'Receive', {
      name: 'receive/receive',
      defaults,
      tables: {
        CATALOG_TABLE: { table: tables.catalog, may: 'read' },
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
        LOGS_TABLE: { table: tables.logs, may: 'read-write' },
        VIEWS_TABLE: { table: tables.views, may: 'read-write' },
      },
      environment: { ...defaults.retention, DEAD_LETTERS: this.deadLetters.queueUrl },
      deadLetterQueue: this.deadLetters,
    });

    new Rule(this, 'Rule', {
      description: 'What others tell Nightshift',
      eventBus: bus,
      eventPattern: {
        source: Match.anythingBut(eventSource),
        detailType: [...eventInTypes],
      },
      targets: [
        new LambdaFunction(this.receive.live, {
          deadLetterQueue: this.deadLetters,
          retryAttempts: 10,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
    Tags.of(this).add('nightshift:component', 'receive');
  }
}
