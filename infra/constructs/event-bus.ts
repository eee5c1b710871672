import { Duration, Stack, Tags } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface OperationsBusProps {
  /** Whether a month of events is kept to replay from. */
  readonly archive: boolean;
}

/** The bus on which Nightshift says what happened and what it was asked. */
export class OperationsBus extends Construct {
  readonly bus: EventBus;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { archive }: OperationsBusProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.bus = new EventBus(this, 'Bus', { deadLetterQueue: this.deadLetters });
    this.deadLetters.grantSendMessages(
      new ServicePrincipal('events.amazonaws.com', {
        conditions: { ArnEquals: { 'aws:SourceArn': this.bus.eventBusArn } },
      }),
    );
    if (archive)
      this.bus.archive('Archive', {
        description: 'Everything Nightshift said in the last month',
        eventPattern: { account: [Stack.of(this).account] },
        retention: Duration.days(31),
      });
    Tags.of(this).add('nightshift:component', 'bus');
  }
}
