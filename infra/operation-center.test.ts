import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
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
    const consumers = resources('AWS::Lambda::EventSourceMapping');
    expect(consumers).toHaveLength(2);
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

describe('schedules', () => {
  it('are two by the minute and two by the quarter of an hour, each with dead letters', () => {
    const schedules = resources('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression).toSorted()).toEqual([
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

describe('the API', () => {
  it('serves every route of the table and no other', () => {
    const served = resources('AWS::ApiGatewayV2::Route').map(
      ([, { Properties }]) => Properties.RouteKey,
    );
    expect(served.length).toBeGreaterThan(20);
    expect(served.toSorted()).toEqual(
      Object.values(routes)
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    );
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
