import { Tags } from 'aws-cdk-lib';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

export interface MailProps {
  /** An address, or a domain that all senders share. */
  readonly from: string;
}

/** The identity that notices are sent from. SES asks its owner to confirm before it sends anything. */
export class Mail extends Construct {
  constructor(scope: Construct, id: string, { from }: MailProps) {
    super(scope, id);
    new EmailIdentity(this, 'From', {
      identity: from.includes('@') ? Identity.email(from) : Identity.domain(from),
    });
    Tags.of(this).add('nightshift:component', 'mail');
  }
}
