import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { RouteContract } from '../shared/contracts/api/route.ts';
import { routes } from '../shared/contracts/api/routes.ts';
import { tableDefinitions } from '../shared/contracts/tables.ts';
import { synthCenter } from './testing/synth-center.ts';
import { readTemplate, text } from './testing/template-reader.ts';

const template = synthCenter();
const { resources } = readTemplate(template);

describe('tables', () => {
  it('are the five of the contract, with its keys, indexes, streams and TTL', () => {
    expect(resources('AWS::DynamoDB::Table')).toHaveLength(Object.keys(tableDefinitions).length);
    for (const [name, definition] of Object.entries(tableDefinitions)) {
      const [, table] =
        resources('AWS::DynamoDB::Table').find(([id]) =>
          id.toLowerCase().includes(`tables${name}`),
        ) ?? [];
      expect(table?.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: definition.pointInTimeRecovery,
        },
        ...('stream' in definition && {
          StreamSpecification: { StreamViewType: definition.stream },
        }),
        ...('ttlAttribute' in definition && {
          TimeToLiveSpecification: { AttributeName: definition.ttlAttribute, Enabled: true },
        }),
      });
      expect((table?.Properties.GlobalSecondaryIndexes ?? []) as object[]).toHaveLength(
        definition.indexes.length,
      );
    }
  });

  it('are kept, and guarded against deletion, unless told otherwise', () => {
    template.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({ DeletionProtectionEnabled: true }),
    });
  });

  it('use keys that AWS owns, which cost nothing', () => {
    expect(resources('AWS::KMS::Key')).toEqual([]);
    for (const [, { Properties }] of resources('AWS::DynamoDB::Table'))
      expect(Properties).not.toHaveProperty('SSESpecification');
  });

  it('can be brought back to any second where their content cannot be made again', () => {
    expect(tableDefinitions.catalog.pointInTimeRecovery).toBe(true);
    expect(tableDefinitions.ledger.pointInTimeRecovery).toBe(true);
  });
});

describe('the move stream', () => {
  it('has exactly two consumers, woken for instances, and one of them for requests and bulk operations', () => {
    const consumers = resources('AWS::Lambda::EventSourceMapping').filter(([, mapping]) =>
      text(mapping.Properties.EventSourceArn).includes('TablesInstances'),
    );
    expect(consumers).toHaveLength(2);
    expect(resources('AWS::Lambda::EventSourceMapping')).toHaveLength(3);
    const [release, record] = ['Release', 'Record'].map(
      (part) => consumers.find(([id]) => id.includes(part))?.[1].Properties,
    );
    expect(text(release)).toContain('REQ#');
    expect(text(record)).not.toContain('REQ#');
    expect(text(release)).toContain('OP#');
    expect(text(record)).not.toContain('OP#');
    expect(record).toMatchObject({ ParallelizationFactor: 1, TumblingWindowInSeconds: 30 });
    for (const consumer of [release, record]) {
      expect(consumer).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
      expect(text(consumer)).toContain('DeadLetters');
      expect(consumer).not.toHaveProperty('MaximumRetryAttempts');
    }
  });
});

describe('events of others', () => {
  it('are taken from our bus under any source but ours, and nothing is lost', () => {
    const [, rule] = resources('AWS::Events::Rule').find(([id]) => id.includes('Intake')) ?? [];
    expect(rule?.Properties.EventPattern).toEqual({
      source: [{ 'anything-but': ['nightshift'] }],
      'detail-type': [
        'Run Requested',
        'Task Result',
        'Task Progress',
        'Task Log',
        'Dataset Updated',
      ],
    });
    expect(text(rule)).toContain('OperationsEventsBus');
    expect(text(rule)).toContain('DeadLetterConfig');
  });
});

describe('dead letters', () => {
  it('can be looked into and are watched, whatever they are of', () => {
    const queues = resources('AWS::SQS::Queue').map(([id]) => id);
    const [, ops] =
      resources('AWS::Lambda::Function').find(
        ([, { Properties }]) => Properties.Description === 'Nightshift api/ops',
      ) ?? [];
    const [, alarm] =
      resources('AWS::CloudWatch::Alarm').find(([, each]) =>
        text(each).includes('ApproximateNumberOfMessagesVisible'),
      ) ?? [];
    expect(queues.length).toBeGreaterThan(7);
    for (const queue of queues) {
      expect(text(ops)).toContain(queue);
      expect(text(alarm)).toContain(queue);
    }
  });
});

describe('schedules', () => {
  it('are three by the minute and two by the quarter of an hour, each with dead letters', () => {
    const schedules = resources('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression).toSorted()).toEqual([
      'rate(1 minute)',
      'rate(1 minute)',
      'rate(1 minute)',
      'rate(15 minutes)',
      'rate(15 minutes)',
    ]);
    for (const schedule of schedules) expect(text(schedule)).toContain('DeadLetterConfig');
  });
});

describe('state machines', () => {
  it('log their failures and are traced', () => {
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: Match.objectLike({ Level: 'ERROR' }),
      TracingConfiguration: { Enabled: true },
    });
  });
});

/** Takes everything below a place where something of the table lies. */
const isCatchAll = (key: string, known: ReadonlySet<string>): boolean =>
  key.endsWith('/{proxy+}') &&
  [...known].some((route) => route.startsWith(key.slice(0, -'{proxy+}'.length)));

describe('the API', () => {
  const served = () =>
    resources('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => String(Properties.RouteKey));

  it('leads every route of the table to its function, and knows no path beside them', () => {
    const functionOf = new Map(
      resources('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
        const target = text(Properties.Target);
        const integration = resources('AWS::ApiGatewayV2::Integration').find(([id]) =>
          target.includes(`"${id}"`),
        );
        return [String(Properties.RouteKey), text(integration?.[1].Properties.IntegrationUri)];
      }),
    );
    const all = Object.values<RouteContract>(routes);
    expect(all.length).toBeGreaterThan(100);
    for (const { method, path, lambda } of all) {
      // What API Gateway does: the route itself, else the deepest of those that take everything below a place.
      const parts = path.split('/');
      const places = parts.map((_, n) => `${parts.slice(0, -1 - n).join('/')}/{proxy+}`);
      const uri = [path, ...places]
        .map((place) => functionOf.get(`${method} ${place}`))
        .find((each) => each !== undefined);
      const name = `${lambda.slice(0, 1).toUpperCase()}${lambda.slice(1)}`;
      expect(`${method} ${path} ${uri}`).toContain(`OperationsApi${name}`);
    }
    const known = new Set(all.map(({ method, path }) => `${method} ${path}`));
    expect(served().filter((key) => !known.has(key) && !isCatchAll(key, known))).toEqual([]);
  });

  it('stays far below the 300 routes of an API and the 500 resources of a stack', () => {
    expect(served().length).toBeLessThan(120);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(450);
  });

  it('asks for a token of our issuer on every route but the public ones', () => {
    const isPublic = new Set<string>(
      Object.values(routes)
        .filter(({ role }) => (role as string) === 'public')
        .map(({ method, path }) => `${method} ${path}`),
    );
    for (const [, { Properties }] of resources('AWS::ApiGatewayV2::Route'))
      expect([Properties.RouteKey, Properties.AuthorizationType]).toEqual([
        Properties.RouteKey,
        isPublic.has(String(Properties.RouteKey)) ? 'NONE' : 'JWT',
      ]);
  });
});

describe('the console', () => {
  it('allows no inline script or style, and connections only to itself and the sign-in', () => {
    const policies = resources('AWS::CloudFront::ResponseHeadersPolicy').map(([, { Properties }]) =>
      text(Properties),
    );
    expect(policies).toHaveLength(2);
    for (const policy of policies) {
      expect(policy).not.toMatch(/unsafe|https?:\/\/\*/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain('https://cognito-idp.');
    }
  });

  it('is read from a bucket that nobody else can read', () => {
    template.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });
});

describe('sign-in', () => {
  it('invites the administrator into the group admin, and only if there is one', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolUserToGroupAttachment', {
      GroupName: 'admin',
    });
    const alone = synthCenter({ adminEmail: undefined, mailFrom: undefined });
    alone.resourceCountIs('AWS::Cognito::UserPoolUser', 0);
    alone.resourceCountIs('AWS::SES::EmailIdentity', 0);
  });

  it('lets people in by code and machines by client credentials', () => {
    const flows = resources('AWS::Cognito::UserPoolClient').map(
      ([, { Properties }]) => Properties.AllowedOAuthFlows,
    );
    expect(flows.toSorted()).toEqual([['client_credentials'], ['code']]);
  });
});
