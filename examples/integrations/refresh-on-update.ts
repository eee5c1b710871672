import { join } from 'node:path';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface RefreshOnUpdateProps {
  /** `center.events.bus` of the OperationCenter. */
  readonly bus: EventBus;
  /** Folder with a bundle for each function of this integration. */
  readonly bundles: string;
}

/** A team's own integration: when a dataset is updated, a workflow starts, and its function logs into the run log. */
export class RefreshOnUpdate extends Construct {
  constructor(scope: Construct, id: string, { bus, bundles }: RefreshOnUpdateProps) {
    super(scope, id);
    const start = new LambdaCode(this, 'Start', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(bundles, 'start-on-update')),
      environment: { NIGHTSHIFT_BUS: bus.eventBusName },
    });
    bus.grantPutEventsTo(start);

    new Rule(this, 'OnUpdate', {
      eventBus: bus,
      eventPattern: {
        detailType: ['Dataset Updated'],
        detail: { project: ['shop'], dataset: ['orders'] },
      },
      targets: [new LambdaFunction(start, { deadLetterQueue: new Queue(this, 'NotStarted') })],
    });
  }
}

/** The function that the workflow's task names; the center must be told of it (`taskFunctions`). */
export const loadPartition = (scope: Construct, bundles: string): LambdaCode =>
  new LambdaCode(scope, 'LoadPartition', {
    functionName: 'load-partition',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(join(bundles, 'load-partition')),
  });

/** Lets a task's function write into run logs. */
export const maySay = (bus: EventBus, task: LambdaCode): void => {
  bus.grantPutEventsTo(task);
  task.addEnvironment('NIGHTSHIFT_BUS', bus.eventBusName);
};
