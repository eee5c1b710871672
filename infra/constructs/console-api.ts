import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RouteContract } from '../../shared/contracts/api/route.ts';
import { routes } from '../../shared/contracts/api/routes.ts';
import type { DeadLetterQueueName } from '../../shared/domain/dead-letter/dead-letter-queue.ts';
import { gatewayRoutes } from '../gateway-routes.ts';
import { acknowledge, logicalIdOf } from './acknowledge.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import type { Tables } from './tables.ts';

export interface ConsoleApiProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  readonly bus: IEventBus;
  /** Exports of run logs lie below `exports/`. */
  readonly dataBucket: IBucket;
  /** What administrators may look into. */
  readonly deadLetters: Readonly<Partial<Record<DeadLetterQueueName, IQueue>>>;
}

/** The HTTP API: functions by privilege and weight; every route of the table leads to one of them. */
export class ConsoleApi extends Construct {
  readonly api: HttpApi;
  readonly #functions: Readonly<Record<RouteContract['lambda'], OpsFunction>>;

  constructor(
    scope: Construct,
    id: string,
    { defaults, tables, bus, dataBucket, deadLetters }: ConsoleApiProps,
  ) {
    super(scope, id);
    this.#functions = this.#makeFunctions(defaults, tables, bus, dataBucket, deadLetters);
    this.#functions.logs.allow(['s3:GetObject'], [dataBucket.arnForObjects('exports/*')]);
    acknowledge(this.#functions.logs, {
      [`AwsSolutions-IAM5[Resource::<${logicalIdOf(dataBucket)}.Arn>/exports/*]`]:
        'Its links to exports of run logs bear its own right to read them.',
    });
    bus.grantPutEventsTo(this.#functions.publish.lambda);
    bus.grantPutEventsTo(this.#functions.ops.lambda);
    this.#functions.ops.allow(
      [
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
      ],
      Object.values(deadLetters).map(({ queueArn }) => queueArn),
    );
    this.api = new HttpApi(this, 'Api', {
      description: 'Operations of Nightshift',
      createDefaultStage: false,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        format: AccessLogFormat.custom(JSON.stringify(accessLogLine)),
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            retention: RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
      },
    });
    Tags.of(this).add('nightshift:component', 'api');
  }

  /** Opens the routes to tokens of this issuer for one of these audiences; public routes to everybody. */
  open(issuer: string, audiences: readonly string[]): void {
    const signedIn = new HttpJwtAuthorizer('SignedIn', issuer, { jwtAudience: [...audiences] });
    const everybody = new HttpNoneAuthorizer();
    const integrations = {
      describe: this.#integration('describe'),
      read: this.#integration('read'),
      plan: this.#integration('plan'),
      logs: this.#integration('logs'),
      messages: this.#integration('messages'),
      write: this.#integration('write'),
      tell: this.#integration('tell'),
      publish: this.#integration('publish'),
      ops: this.#integration('ops'),
    };

    for (const { method, path, lambda, isPublic } of gatewayRoutes(routes))
      this.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration: integrations[lambda],
        authorizer: isPublic ? everybody : signedIn,
      });
    acknowledge(this.api, {
      'AwsSolutions-APIG4': 'The description of the API is public, and only it.',
    });
  }

  #integration(lambda: RouteContract['lambda']): HttpLambdaIntegration {
    return new HttpLambdaIntegration(lambda, this.#functions[lambda].live, {
      timeout: Duration.seconds(29),
      // One permission for the whole API: a statement per route would outgrow the function's policy.
      scopePermissionToRoute: false,
    });
  }

  #makeFunctions(
    defaults: FunctionDefaults,
    tables: Tables,
    bus: IEventBus,
    dataBucket: IBucket,
    deadLetters: ConsoleApiProps['deadLetters'],
  ) {
    return {
      describe: new OpsFunction(this, 'Describe', { name: 'api/describe', defaults }),
      read: new OpsFunction(this, 'Read', {
        name: 'api/read',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read' },
          INSTANCES_TABLE: { table: tables.instances, may: 'read' },
          LEDGER_TABLE: { table: tables.ledger, may: 'read' },
          VIEWS_TABLE: { table: tables.views, may: 'read' },
        },
      }),
      plan: new OpsFunction(this, 'Plan', {
        name: 'api/plan',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read' },
          INSTANCES_TABLE: { table: tables.instances, may: 'read' },
          VIEWS_TABLE: { table: tables.views, may: 'read' },
        },
      }),
      logs: new OpsFunction(this, 'Logs', {
        name: 'api/logs',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read' },
          INSTANCES_TABLE: { table: tables.instances, may: 'read' },
          LOGS_TABLE: { table: tables.logs, may: 'read' },
        },
        environment: { ...defaults.retention, DATA_BUCKET: dataBucket.bucketName },
      }),
      messages: new OpsFunction(this, 'Messages', {
        name: 'api/messages',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read' },
          INSTANCES_TABLE: { table: tables.instances, may: 'read' },
          LEDGER_TABLE: { table: tables.ledger, may: 'read' },
        },
      }),
      write: new OpsFunction(this, 'Write', {
        name: 'api/write',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read-write' },
          INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
          LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
          // Lines that the code of tasks sends by a call.
          LOGS_TABLE: { table: tables.logs, may: 'write' },
        },
        environment: defaults.retention,
      }),
      tell: new OpsFunction(this, 'Tell', {
        name: 'api/tell',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read-write' },
          // Whether what a link is about still exists; what is told about moves nothing.
          INSTANCES_TABLE: { table: tables.instances, may: 'read' },
          LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
        },
      }),
      publish: new OpsFunction(this, 'Publish', {
        name: 'publish/publish',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read-write' },
          LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
        },
        environment: { BUS_NAME: bus.eventBusName },
      }),
      ops: new OpsFunction(this, 'Ops', {
        name: 'api/ops',
        defaults,
        tables: {
          CATALOG_TABLE: { table: tables.catalog, may: 'read' },
          LEDGER_TABLE: { table: tables.ledger, may: 'read-write' },
        },
        environment: {
          BUS_NAME: bus.eventBusName,
          DEAD_LETTER_QUEUES: Object.entries(deadLetters)
            .map(([name, { queueUrl }]) => `${name}=${queueUrl}`)
            .join(','),
        },
      }),
    };
  }
}

const accessLogLine = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  user: '$context.authorizer.claims.username',
  client: '$context.authorizer.claims.client_id',
  ip: '$context.identity.sourceIp',
  error: '$context.error.message',
};
