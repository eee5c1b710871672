import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as z from 'zod';
import { OperationCenter } from './operation-center.ts';

const onOff = z
  .enum(['on', 'off'])
  .default('on')
  .transform((value) => value === 'on');
const text = z.string().min(1).optional();
const list = z
  .string()
  .default('')
  .transform((names) => names.split(',').filter((name) => name !== ''));

/** What `cdk deploy -c nightshift:<name>=<value>`, or the context in cdk.json, can say. */
const Context = z.object({
  adminEmail: text,
  mailFrom: text,
  sms: z
    .enum(['on', 'off'])
    .default('off')
    .transform((value) => value === 'on'),
  voiceFrom: text,
  datasetBuckets: list,
  taskFunctions: list,
  announceMoves: list,
  site: onOff,
  branding: onOff,
  archive: onOff,
  alarms: onOff,
  dashboard: onOff,
});

const app = new App();
const context = Context.parse(
  Object.fromEntries(
    Object.keys(Context.shape).map((name) => [name, app.node.tryGetContext(`nightshift:${name}`)]),
  ),
);
const stack = new Stack(app, 'Nightshift', {
  description: 'Nightshift, the operation center for data tasks',
});
new OperationCenter(stack, 'Operations', {
  ...context,
  datasetBuckets: context.datasetBuckets.map((name) =>
    Bucket.fromBucketName(stack, `Datasets-${name}`, name),
  ),
  taskFunctions: context.taskFunctions.map((functionArn, index) =>
    LambdaFunction.fromFunctionArn(stack, `TaskFunction${index}`, functionArn),
  ),
});
