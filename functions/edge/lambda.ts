import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logFailure } from './host-log.ts';

/** What work may know of its host. */
export type Host = Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>;

export type HostedHandler<T> = (event: unknown, host: Host) => Promise<T>;

/**
 * The Lambda host of a stage: a failure leaves one log line and goes up under its own name, which Step Functions
 * matches on.
 */
export const onLambda = <T>(handler: HostedHandler<T>) =>
  middy<unknown, T>()
    .onError(({ error, context }) =>
      logFailure('request failed', error, { requestId: context.awsRequestId }),
    )
    .handler((event, context) => handler(event, context));
