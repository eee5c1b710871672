import { Duration } from 'aws-cdk-lib';
import {
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import type { ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Calls a target every so many minutes with an empty object. A tick that failed is worth one repetition: the next one
 * looks further back anyway, so old ones end as dead letters instead of piling up.
 */
export const every = (
  scope: Construct,
  id: string,
  minutes: number,
  deadLetterQueue: IQueue,
  target: (props: ScheduleTargetBaseProps) => IScheduleTarget,
): Schedule =>
  new Schedule(scope, id, {
    schedule: ScheduleExpression.rate(Duration.minutes(minutes)),
    target: target({
      deadLetterQueue,
      input: ScheduleTargetInput.fromObject({}),
      retryAttempts: 1,
      maxEventAge: Duration.minutes(Math.max(1, minutes)),
    }),
  });
