import { Duration, Stack, Tags } from 'aws-cdk-lib';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { every } from './every.ts';
import type { Mail } from './mail.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import type { Tables } from './tables.ts';

export interface NotificationsProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly bus: IEventBus;
  /** Undefined: mails are recorded as failed, because mail is off. */
  readonly mail?: Mail | undefined;
  /** Whether text messages may be sent by SNS; they cost money. */
  readonly sms: boolean;
  /** The number that voice calls come from; undefined: there are none. */
  readonly voiceFrom?: string | undefined;
}

const keys = (pk: string, sk: string) => ({
  pk: { S: FilterRule.beginsWith(pk) },
  sk: { S: FilterRule.beginsWith(sk) },
});

const occurrences = FilterCriteria.filter({
  eventName: ['INSERT'],
  dynamodb: { Keys: keys('OCC#', 'OCC') },
});
const queued = FilterCriteria.filter({
  eventName: ['INSERT'],
  dynamodb: { Keys: keys('NOTICE#', 'DLV#') },
});
/** Claims and retries settle nothing, so they wake nobody. */
const closed = FilterCriteria.filter({
  eventName: ['MODIFY'],
  dynamodb: {
    Keys: keys('NOTICE#', 'DLV#'),
    NewImage: { status: { S: [{ 'anything-but': ['QUEUED', 'SENDING'] }] } },
  },
});

/**
 * The outbox: the only consumer of the ledger's stream turns occurrences into notices and sends their deliveries; the
 * sweep sends each minute what could not be sent at once; SES tells the third what became of a mail.
 */
export class Notifications extends Construct {
  readonly notify: OpsFunction;
  readonly sweep: OpsFunction;
  readonly feedback: OpsFunction;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { defaults, tables, bus, mail } = props;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    const stores = {
      CATALOG_TABLE: { table: tables.catalog, may: 'read' },
      INSTANCES_TABLE: { table: tables.instances, may: 'read' },
      LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
    } as const;

    this.notify = new OpsFunction(this, 'Notify', {
      name: 'notify/notify',
      defaults,
      tables: stores,
      environment: { BUS_NAME: bus.eventBusName },
    });
    this.notify.live.addEventSource(
      new DynamoEventSource(tables.ledger, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [occurrences, queued, closed],
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(0),
        parallelizationFactor: 1,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // A record that cannot be served holds up those behind it for some twenty minutes, not for a day.
        retryAttempts: 25,
        maxRecordAge: Duration.hours(23),
        onFailure: new SqsDlq(this.deadLetters),
      }),
    );

    this.sweep = new OpsFunction(this, 'Sweep', {
      name: 'notify/sweep',
      defaults,
      tables: stores,
      environment: { BUS_NAME: bus.eventBusName },
      deadLetterQueue: this.deadLetters,
    });
    every(
      this,
      'EveryMinute',
      1,
      this.deadLetters,
      (target) => new LambdaInvoke(this.sweep.live, target),
    );

    this.feedback = new OpsFunction(this, 'Feedback', {
      name: 'notify/feedback',
      defaults,
      tables: { LEDGER_TABLE: { table: tables.ledger, may: 'read-write' } },
      deadLetterQueue: this.deadLetters,
    });
    if (mail) this.#listenTo(mail);
    for (const stage of [this.notify, this.sweep]) {
      bus.grantPutEventsTo(stage.lambda);
      mail?.allowSend(stage);
      allowPhone(stage, props);
    }
    Tags.of(this).add('nightshift:component', 'notify');
  }

  /** Where the console is, for the links in messages. */
  tellConsole(url: string): void {
    for (const stage of [this.notify, this.sweep]) stage.lambda.addEnvironment('CONSOLE_URL', url);
  }

  #listenTo({ reports }: Mail): void {
    new Rule(this, 'Reports', {
      description: `What became of the mails of ${Stack.of(this).stackName}`,
      eventPattern: {
        source: ['aws.ses'],
        detailType: [
          'Email Delivered',
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
        ],
        detail: { mail: { tags: { 'ses:configuration-set': [reports.configurationSetName] } } },
      },
      targets: [
        new LambdaFunction(this.feedback.live, {
          deadLetterQueue: this.deadLetters,
          retryAttempts: 10,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
  }
}

/** SNS and End User Messaging check no resource for a telephone number, so the choice of the deployment is the guard. */
function allowPhone(stage: OpsFunction, { sms, voiceFrom }: NotificationsProps): void {
  if (sms) {
    stage.allow(['sns:Publish'], ['*']);
    stage.lambda.addEnvironment('SMS', 'on');
  }
  if (voiceFrom !== undefined) {
    stage.allow(['sms-voice:SendVoiceMessage'], ['*']);
    stage.lambda.addEnvironment('VOICE_FROM', voiceFrom);
  }
  if (sms || voiceFrom !== undefined)
    acknowledge(stage, {
      'AwsSolutions-IAM5[Resource::*]': 'A telephone number is no resource that could be named.',
    });
}
