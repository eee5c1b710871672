import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Keeps what an asynchronous edge could not deliver, for the two weeks that SQS allows. One alarm watches them all. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const isOne = 'It is a dead-letter queue itself.';
    acknowledge(this, { 'AwsSolutions-SQS3': isOne, 'Serverless-SQSRedrivePolicy': isOne });
  }
}
