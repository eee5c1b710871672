import { Stack, Tags } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { OpsFunction } from './ops-function.ts';

export interface MailProps {
  /** An address, or a domain that all senders share. */
  readonly from: string;
}

/**
 * The identity that notices are sent from, and the set whose events tell what became of them: SES puts those on the
 * default bus and on no other. SES asks the owner of the identity to confirm before it sends anything.
 */
export class Mail extends Construct {
  /** Address that mails are sent from. */
  readonly sender: string;
  readonly reports: ConfigurationSet;

  constructor(scope: Construct, id: string, { from }: MailProps) {
    super(scope, id);
    const isAddress = from.includes('@');
    this.sender = isAddress ? from : `nightshift@${from}`;
    new EmailIdentity(this, 'From', {
      identity: isAddress ? Identity.email(from) : Identity.domain(from),
    });
    this.reports = new ConfigurationSet(this, 'Reports');
    this.reports.addEventDestination('Bus', {
      destination: EventDestination.eventBus(
        EventBus.fromEventBusName(this, 'DefaultBus', 'default'),
      ),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    Tags.of(this).add('nightshift:component', 'mail');
  }

  /** Lets a function send, from this sender only. */
  allowSend(stage: OpsFunction): void {
    const { partition, region, account } = Stack.of(this);
    const arn = (resource: string) => `arn:${partition}:ses:${region}:${account}:${resource}`;
    stage.allow(
      ['ses:SendRawEmail'],
      // In its sandbox SES asks for the identity of the receiver, too.
      [arn('identity/*'), arn(`configuration-set/${this.reports.configurationSetName}`)],
      { StringEquals: { 'ses:FromAddress': this.sender } },
    );
    stage.allow(['ses:GetSendQuota'], ['*']);
    stage.lambda.addEnvironment('MAIL_FROM', this.sender);
    stage.lambda.addEnvironment('MAIL_REPORTS', this.reports.configurationSetName);
    acknowledge(stage, {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]':
        'In its sandbox SES checks the receiver, too; a condition names the one sender.',
    });
  }
}
