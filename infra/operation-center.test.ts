import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { routes } from '../shared/contracts/api/routes.ts';
import { tableDefinitions } from '../shared/contracts/tables.ts';
import { functionNames, functionShapes } from './function-shapes.ts';
import { centerIn, synthCenter } from './testing/synth-center.ts';

type Resource = { readonly Properties: Record<string, unknown>; readonly [field: string]: unknown };
type Statement = { readonly Action: string | string[]; readonly Resource: unknown };

const template = synthCenter();
const resources = (type: string): [string, Resource][] =>
  Object.entries(template.findResources(type)) as [string, Resource][];
const text = (value: unknown): string => JSON.stringify(value);

/** Statements of the roles whose path in the tree holds `part`. */
const rights = (part: string, of = template): Statement[] =>
  Object.entries(of.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.includes(part))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]);
const actionsOf = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ Action }) => Action);

const ourFunctions = resources('AWS::Lambda::Function').filter(([, { Properties }]) =>
  String(Properties.Description).startsWith('Nightshift '),
);

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

describe('functions', () => {
  it('are those of the table of functions, each with a role and a log group of its own', () => {
    expect(ourFunctions.map(([, { Properties }]) => Properties.Description).toSorted()).toEqual(
      functionNames.map((name) => `Nightshift ${name}`).toSorted(),
    );
    const roles = ourFunctions.map(([, { Properties }]) => text(Properties.Role));
    expect(new Set(roles).size).toBe(functionNames.length);
    const logs = ourFunctions.map(([, { Properties }]) => text(Properties.LoggingConfig));
    expect(new Set(logs).size).toBe(functionNames.length);
    for (const log of logs) expect(log).toContain('LogGroup');
  });

  it('run on Node 24 and arm64, but for the one with a native module', () => {
    for (const [, { Properties }] of ourFunctions) {
      const native = Properties.Description === 'Nightshift run/sql';
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: [native ? 'x86_64' : 'arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  it('have an alias each, and nothing else is called', () => {
    expect(resources('AWS::Lambda::Alias')).toHaveLength(functionNames.length);
    for (const [, { Properties }] of resources('AWS::Lambda::Alias'))
      expect(Properties.Name).toBe('live');
    const ours = ourFunctions.map(([id]) => id);
    for (const type of [
      'AWS::Scheduler::Schedule',
      'AWS::Events::Rule',
      'AWS::ApiGatewayV2::Integration',
    ])
      for (const [, resource] of resources(type))
        for (const id of ours) expect(text(resource)).not.toContain(`"${id}"`);
  });

  it('set no concurrency aside unless told so: a new account has ten', () => {
    for (const [, { Properties }] of resources('AWS::Lambda::Function'))
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');

    const reserved = synthCenter({ reservedConcurrency: { 'run/sql': 2 } });
    reserved.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Nightshift run/sql',
      ReservedConcurrentExecutions: 2,
    });
  });

  it('of stages may loop: a chain of thirty tasks passes through them thirty times', () => {
    for (const [, { Properties }] of ourFunctions) {
      const name = String(Properties.Description).replace('Nightshift ', '');
      const shape = functionShapes[functionNames.find((known) => known === name) ?? 'api/read'];
      expect(Properties.RecursiveLoop).toBe(shape.stage ? 'Allow' : undefined);
    }
  });
});

describe('rights', () => {
  it('name no action by a wildcard in our own roles', () => {
    const ours = Object.entries(template.findResources('AWS::IAM::Policy')).filter(
      ([id]) => !id.startsWith('CustomCDK'),
    );
    expect(ours.length).toBeGreaterThan(functionNames.length);
    const actions = actionsOf(
      ours.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]),
    );
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('let nobody scan a table', () => {
    expect(text(template.toJSON())).not.toContain('dynamodb:Scan');
  });

  it.each(['ApiRead', 'ApiWrite', 'ApiPublish'])('give %s no way into a stage', (part) => {
    const actions = actionsOf(rights(part));
    expect(actions).toContain('dynamodb:GetItem');
    expect(actions.filter((action) => /^(states|lambda|events|s3):/.test(action))).toEqual([]);
  });

  it('let the API that reads write nothing', () => {
    const onTables = actionsOf(rights('ApiRead')).filter((action) =>
      action.startsWith('dynamodb:'),
    );
    expect(new Set(onTables)).toEqual(
      new Set([
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:ConditionCheckItem',
      ]),
    );
  });

  it('let only dispatch, release, generate and watch start an execution', () => {
    const starters = resources('AWS::IAM::Policy')
      .filter(([, policy]) => text(policy).includes('states:StartExecution'))
      .map(([id]) => id.replace(/^Operations|(Role)?DefaultPolicy\w+$/g, ''))
      .filter((id) => !id.startsWith('SchedulerRole'));
    expect(starters.toSorted()).toEqual([
      'DispatchAdmit',
      'GenerationDue',
      'MovesRelease',
      'Watch',
    ]);
  });

  it('let a machine invoke the user functions that were listed, and no other', () => {
    expect(text(rights('RunTaskExpress'))).not.toContain('function:');

    const app = new App();
    const stack = centerIn(app, {});
    const listed = LambdaFunction.fromFunctionArn(
      stack,
      'Listed',
      'arn:aws:lambda:eu-west-1:000000000000:function:listed',
    );
    const other = new App();
    const withList = Template.fromStack(centerIn(other, { taskFunctions: [listed] }));
    expect(text(rights('RunTaskExpress', withList))).toContain('function:listed');
  });
});

describe('the move stream', () => {
  it('has exactly two consumers, woken for instances, and one of them for requests', () => {
    const consumers = resources('AWS::Lambda::EventSourceMapping');
    expect(consumers).toHaveLength(2);
    const [release, record] = ['Release', 'Record'].map(
      (part) => consumers.find(([id]) => id.includes(part))?.[1].Properties,
    );
    expect(text(release)).toContain('REQ#');
    expect(text(record)).not.toContain('REQ#');
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

describe('alarms', () => {
  const alarms = resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const runbook = readFileSync(new URL('../docs/runbook.md', import.meta.url), 'utf8');

  it('are at most ten', () => {
    expect(alarms.length).toBeGreaterThan(5);
    expect(alarms.length).toBeLessThanOrEqual(10);
  });

  it.each(alarms)(
    '$AlarmName has its section in the runbook',
    ({ AlarmName, AlarmDescription }) => {
      const name = String(AlarmName).replace('Nightshift-', '');
      expect(runbook).toContain(`\n## ${name}\n`);
      expect(AlarmDescription).toContain(`docs/runbook.md#${name.toLowerCase()}`);
    },
  );

  it('are what the runbook has sections for', () => {
    const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => `Nightshift-${name}`);
    expect(sections.toSorted()).toEqual(alarms.map(({ AlarmName }) => AlarmName).toSorted());
  });

  it('watch every queue of dead letters', () => {
    const watched = text(alarms.find(({ AlarmName }) => AlarmName === 'Nightshift-DeadLetters'));
    const queues = resources('AWS::SQS::Queue').map(([id]) => id);
    expect(queues.length).toBeGreaterThan(5);
    for (const queue of queues) expect(watched).toContain(queue);
  });

  it('can be left out', () => {
    const bare = synthCenter({ alarms: false, dashboard: false });
    bare.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    bare.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});
