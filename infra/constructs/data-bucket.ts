import { Duration, type RemovalPolicy, Tags } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { exportKeptDays } from '../../shared/domain/log/log-export.schema.ts';
import { acknowledge } from './acknowledge.ts';

export interface DataBucketProps {
  readonly removalPolicy: RemovalPolicy;
}

/** Files of datasets, and exports of run logs for a week. Versioned, because a task that writes a dataset replaces what was there. */
export class DataBucket extends Bucket {
  constructor(scope: Construct, id: string, { removalPolicy }: DataBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      removalPolicy,
      lifecycleRules: [
        { prefix: 'exports/', expiration: Duration.days(exportKeptDays) },
        {
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    Tags.of(this).add('nightshift:component', 'data');
    acknowledge(this, {
      'AwsSolutions-S1':
        'Datasets are read and written by one function, whose attempts say in the run log what; exports stand in the operation log; CloudTrail data events are the account’s choice.',
    });
  }
}
