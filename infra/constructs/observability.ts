import { Duration, Stack, Tags } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { metricNames, metricNamespace } from '../../shared/contracts/metrics.ts';
import { acknowledge } from './acknowledge.ts';
import type { OpsFunction } from './ops-function.ts';
import type { OpsMachine } from './state-machine.ts';

interface ObservedParts {
  readonly api: HttpApi;
  readonly dispatch: OpsMachine;
  readonly generation: OpsMachine;
  readonly runTask: readonly OpsMachine[];
  readonly streamConsumers: readonly OpsFunction[];
  readonly watch: OpsFunction;
  readonly sentinel: OpsFunction;
  readonly sweep: OpsFunction;
  readonly deadLetters: readonly IQueue[];
}

export interface ObservabilityProps {
  readonly parts: ObservedParts;
  readonly alarms: boolean;
  readonly dashboard: boolean;
  /** Who is told about alarms. @default nobody; the topic can still be subscribed to */
  readonly adminEmail?: string;
}

const minutes = (count: number) => Duration.minutes(count);

/** Nightshift watching itself: a handful of alarms, each with a section in docs/runbook.md, and one page of graphs. */
export class Observability extends Construct {
  /** Where alarms go. */
  readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const measured = measure(props.parts);
    if (props.alarms) this.topic = this.#addAlarms(measured, props.adminEmail);
    if (props.dashboard) this.#addDashboard(measured);
    Tags.of(this).add('nightshift:component', 'observability');
  }

  #addAlarms(measured: Measured, adminEmail: string | undefined): Topic {
    const topic = new Topic(this, 'Alarms', { displayName: 'Nightshift alarms', enforceSSL: true });
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (adminEmail !== undefined) topic.addSubscription(new EmailSubscription(adminEmail));
    acknowledge(topic, {
      'Serverless-SNSRedrivePolicy':
        'A mail that bounces leaves the alarm as it is, in CloudWatch.',
    });

    for (const [name, alarm] of Object.entries(alarmsOf(measured))) {
      const made = new Alarm(this, name, {
        alarmName: `${Stack.of(this).stackName}-${name}`,
        alarmDescription: `${alarm.means} Runbook: docs/runbook.md#${name.toLowerCase()}`,
        metric: alarm.metric,
        threshold: alarm.threshold,
        comparisonOperator: alarm.below
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: alarm.periods ?? 1,
        treatMissingData: alarm.silence ?? TreatMissingData.NOT_BREACHING,
      });
      made.addAlarmAction(new SnsAction(topic));
    }
    return topic;
  }

  #addDashboard(measured: Measured): void {
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [graph('Attempts', measured.attempts), graph('Dispatch', measured.dispatch)],
        [graph('Generation', measured.generation), graph('Stream age (ms)', measured.streamAge)],
        [graph('API', measured.api), graph('Dead letters', [measured.deadLetters])],
      ],
    });
  }
}

type Measured = ReturnType<typeof measure>;

/** Every figure that an alarm or a graph shows. */
function measure({ api, dispatch, generation, runTask, ...parts }: ObservedParts) {
  const failures = (machines: readonly OpsMachine[]) =>
    sumOf(
      'failed or timed out',
      machines.flatMap(({ machine }) => [
        machine.metricFailed({ period: minutes(5) }),
        machine.metricTimedOut({ period: minutes(5) }),
      ]),
    );
  const { watch, sentinel, sweep } = parts;

  return {
    attempts: [
      ...runTask.map(({ machine }) => machine.metricStarted({ period: minutes(5) })),
      failures(runTask),
    ],
    attemptsBroken: failures(runTask),
    dispatch: [dispatch.machine.metricStarted({ period: minutes(5) }), failures([dispatch])],
    ticks: dispatch.machine.metricStarted({ period: minutes(5) }),
    dispatchFailed: failures([dispatch]),
    generation: [
      generation.machine.metricStarted({ period: minutes(15) }),
      generation.machine.metricSucceeded({ period: minutes(15) }),
    ],
    generationFailed: failures([generation]),
    generationHoles: new Metric({
      namespace: metricNamespace,
      metricName: metricNames.generationHoles,
      dimensionsMap: { service: sentinel.name.replace('/', '-') },
      statistic: Stats.MAXIMUM,
      period: minutes(15),
    }),
    messageDelay: new Metric({
      namespace: metricNamespace,
      metricName: metricNames.messageDelay,
      dimensionsMap: { service: sweep.name.replace('/', '-') },
      statistic: Stats.MAXIMUM,
      period: minutes(5),
    }),
    streamAge: parts.streamConsumers.map(({ name, live }) =>
      live.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: minutes(1), label: name }),
    ),
    watchSucceeded: new MathExpression({
      label: 'watch succeeded',
      expression: 'invocations - errors',
      usingMetrics: {
        invocations: watch.live.metricInvocations({ period: minutes(5) }),
        errors: watch.live.metricErrors({ period: minutes(5) }),
      },
      period: minutes(5),
    }),
    api: [api.metricCount({ period: minutes(5) }), api.metricServerError({ period: minutes(5) })],
    apiErrors: api.metricServerError({ period: minutes(5) }),
    deadLetters: sumOf(
      'dead letters',
      parts.deadLetters.map((queue) =>
        queue.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          period: minutes(5),
        }),
      ),
    ),
  };
}

type AlarmShape = {
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly below?: true;
  readonly periods?: number;
  readonly silence?: TreatMissingData;
};

/** At most ten: that many are free. */
const alarmsOf = (measured: Measured): Readonly<Record<string, AlarmShape>> => ({
  GenerationMissing: {
    means: 'A project-day that should be generated has no line in the schedule ledger.',
    metric: measured.generationHoles,
    threshold: 1,
    periods: 2,
    silence: TreatMissingData.BREACHING,
  },
  GenerationFailed: {
    means: 'An execution of DailyGeneration ended without sealing its day.',
    metric: measured.generationFailed,
    threshold: 1,
  },
  TickMissing: {
    means: 'The minute tick started no dispatch for five minutes.',
    metric: measured.ticks,
    threshold: 1,
    below: true,
    silence: TreatMissingData.BREACHING,
  },
  DispatchFailed: {
    means: 'Executions of Dispatch fail, so instances may start late.',
    metric: measured.dispatchFailed,
    threshold: 3,
    periods: 2,
  },
  AttemptBroken: {
    means: 'An execution of RunTask ended without finishing its attempt.',
    metric: measured.attemptsBroken,
    threshold: 1,
  },
  StreamBehind: {
    means: 'A consumer of a stream is more than two minutes behind.',
    metric: new MathExpression({
      label: 'stream age (ms)',
      expression: 'MAX(METRICS())',
      usingMetrics: Object.fromEntries(
        measured.streamAge.map((age, index) => [`age${index}`, age]),
      ),
      period: minutes(1),
    }),
    threshold: 120_000,
    periods: 5,
  },
  DeadLetters: {
    means: 'Something asynchronous could not be delivered.',
    metric: measured.deadLetters,
    threshold: 1,
  },
  MessagesStuck: {
    means: 'A message has been waiting in the outbox for half an hour, or nobody looks.',
    metric: measured.messageDelay,
    threshold: 1800,
    periods: 3,
    silence: TreatMissingData.BREACHING,
  },
  WatchMissing: {
    means: 'Watch has not succeeded for five minutes.',
    metric: measured.watchSucceeded,
    threshold: 1,
    below: true,
    silence: TreatMissingData.BREACHING,
  },
  ApiErrors: {
    means: 'The API answers with server errors.',
    metric: measured.apiErrors,
    threshold: 5,
  },
});

const sumOf = (label: string, metrics: readonly IMetric[]): MathExpression =>
  new MathExpression({
    label,
    expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period: minutes(5),
  });

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 12 });
