import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A cloud assembly in miniature, with one of each thing that the host gives life to. */
export type TinyApp = {
  readonly assembly: string;
  readonly site: string;
  /** An empty folder for the state. */
  readonly state: string;
  remove(): void;
};

/** In every bundle: writes what happened into the table Notes. */
const notes = `
  const dynamo = (operation, body) => fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.' + operation,
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  }).then((answer) => answer.json());
  const aws = (target, body) => fetch(process.env.AWS_ENDPOINT_URL_SFN, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  }).then((answer) => answer.json());
  const note = (what, value) => dynamo('PutItem', {
    TableName: process.env.NOTES_TABLE,
    Item: { pk: { S: what + '#' + crypto.randomUUID() }, what: { S: what }, value: { S: JSON.stringify(value) } },
  });
`;

const bundles: Readonly<Record<string, string>> = {
  Api: `export const handler = async (event, context) => {
    if (event.rawPath === '/api/fail') throw new TypeError('on purpose');
    if (event.rawPath === '/api/start') return aws('AWSStepFunctions.StartExecution', { stateMachineArn: process.env.MACHINE, input: event.body });
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ event, now: Date.now(), left: context.getRemainingTimeInMillis() }) };
  };`,
  Step: `export const handler = async (event) => {
    console.log('step', JSON.stringify(event));
    if (event.sleep) await new Promise((done) => setTimeout(done, event.sleep));
    if (event.fail) throw Object.assign(new Error('on purpose'), { name: event.fail });
    await note('step', { ...event, now: Date.now() });
    return { ...event, doubled: (event.n ?? 0) * 2 };
  };`,
  Consumer: `export const handler = async (event) => {
    const batchItemFailures = [];
    for (const record of event.Records) {
      const { Keys, SequenceNumber } = record.dynamodb;
      if (Keys.pk.S.includes('bad') && !globalThis.failed) {
        globalThis.failed = true;
        batchItemFailures.push({ itemIdentifier: SequenceNumber });
        break;
      }
      await note('seen', { pk: Keys.pk.S, event: record.eventName, sequence: SequenceNumber });
    }
    return { batchItemFailures };
  };`,
  Windowed: `export const handler = async (event) => {
    const state = { count: (event.state.count ?? 0) + event.Records.length };
    if (event.isFinalInvokeForWindow) await note('window', { ...state, shardId: event.shardId, window: event.window });
    return { state };
  };`,
  Native: `export const handler = async ({ sleep = 0 }) => {
    await new Promise((done) => setTimeout(done, sleep));
    return process.pid;
  };`,
  Tick: `export const handler = async (event) => { await note('tick', { event, now: Date.now() }); };`,
  Told: `export const handler = async (event) => { await note('told', event); };`,
};

const lambda = (name: string, timeout = 3) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: timeout,
    MemorySize: 128,
    Environment: {
      Variables: {
        NOTES_TABLE: { Ref: 'Notes' },
        ...(name === 'Api' && { MACHINE: { Ref: 'Express' } }),
      },
    },
  },
});

const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

const definition = {
  StartAt: 'Choose',
  TimeoutSeconds: 60,
  States: {
    Choose: {
      Type: 'Choice',
      Choices: [{ Variable: '$.at', IsPresent: true, Next: 'Until' }],
      Default: 'Name',
    },
    Until: { Type: 'Wait', TimestampPath: '$.at', Next: 'Name' },
    Name: {
      Type: 'Pass',
      Parameters: { 'execution.$': '$$.Execution.Name', 'work.$': '$' },
      Next: 'Work',
    },
    Work: {
      Type: 'Task',
      Resource: '@Step@',
      TimeoutSecondsPath: '$.work.timeoutSeconds',
      InputPath: '$',
      Parameters: {
        'n.$': '$.work.n',
        'sleep.$': '$.work.sleep',
        'fail.$': '$.work.fail',
        'execution.$': '$.execution',
      },
      Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1, MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' }],
      ResultPath: '$.result',
      End: true,
    },
    Caught: {
      Type: 'Task',
      Resource: '@Told@',
      TimeoutSeconds: 10,
      End: true,
    },
  },
};

const definitionString = {
  'Fn::Join': [
    '',
    JSON.stringify(definition)
      .split(/(@\w+@)/)
      .map((part) => (part.startsWith('@') ? arnOf(part.slice(1, -1)) : part)),
  ],
};

const mapping = (name: string, more: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': ['Things', 'StreamArn'] },
    FunctionName: { Ref: name },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10,
    FilterCriteria: {
      Filters: [
        { Pattern: JSON.stringify({ dynamodb: { Keys: { pk: { S: [{ prefix: 'THING#' }] } } } }) },
      ],
    },
    ...more,
  },
});

const pk = [{ AttributeName: 'pk', AttributeType: 'S' }];
const route = (key: string, more: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Http' },
    RouteKey: key,
    Target: 'integrations/Integration',
    ...more,
  },
});

const resources = {
  Notes: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: pk,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    },
  },
  Things: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [...pk, { AttributeName: 'kind', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byKind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  ...Object.fromEntries(Object.keys(bundles).map((name) => [name, lambda(name)])),
  Slow: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Step' }, Name: 'live' } },
  Standard: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { DefinitionString: definitionString },
  },
  Express: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { StateMachineType: 'EXPRESS', DefinitionString: definitionString },
  },
  Consumes: mapping('Consumer', { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  Windows: mapping('Windowed', { TumblingWindowInSeconds: 1 }),
  EveryMinute: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: arnOf('Tick'), Input: '{"from":"minute"}', RoleArn: 'none' },
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'happenings' } },
  OnThing: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: 'Bus' },
      EventPattern: { source: [{ prefix: 'tiny.' }], detail: { kind: ['a', 'b'] } },
      Targets: [{ Id: 'Target0', Arn: arnOf('Told') }],
    },
  },
  OnEnd: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        source: ['aws.states'],
        detail: {
          status: ['FAILED', 'ABORTED', 'TIMED_OUT'],
          stateMachineArn: [{ Ref: 'Standard' }],
        },
      },
      Targets: [{ Id: 'Target0', Arn: arnOf('Told') }],
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'tiny-data' } },
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Machines: {
    Type: 'AWS::Cognito::UserPoolResourceServer',
    Properties: { Identifier: 'tiny', UserPoolId: { Ref: 'Pool' } },
  },
  ConsoleClient: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: { AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'profile'] },
  },
  MachineClient: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: [{ 'Fn::Join': ['/', [{ Ref: 'Machines' }, 'operator']] }],
    },
  },
  Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: arnOf('Api'),
    },
  },
  RouteThing: route('GET /api/things/{id}', { AuthorizationType: 'JWT' }),
  RouteFail: route('GET /api/fail'),
  RouteStart: route('POST /api/start'),
  RouteOpen: route('GET /openapi.json'),
  Pages: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
          ContentTypeOptions: { Override: true },
        },
      },
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: { Ref: 'Pages' } } },
    },
  },
};

/** Writes the app into a new folder; `change` edits the resources of its template. */
export const writeTinyApp = (
  change: (resources: Record<string, unknown>) => void = () => {},
): TinyApp => {
  const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'tiny-app-'));
  const assembly = join(folder, 'cdk.out');
  const site = join(folder, 'site');
  mkdirSync(assembly);
  mkdirSync(site);
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>tiny</title>');

  const changed: Record<string, unknown> = structuredClone(resources);
  change(changed);
  const write = (name: string, value: unknown) =>
    writeFileSync(join(assembly, name), JSON.stringify(value));
  write('manifest.json', {
    artifacts: {
      'Tiny.assets': { type: 'cdk:asset-manifest', properties: { file: 'Tiny.assets.json' } },
      Tiny: {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Tiny.template.json' },
      },
    },
  });
  write('Tiny.assets.json', {
    files: Object.fromEntries(
      Object.keys(bundles).map((name) => [name, { source: { path: `asset.${name}` } }]),
    ),
  });
  write('Tiny.template.json', { Resources: changed });
  for (const [name, code] of Object.entries(bundles)) {
    mkdirSync(join(assembly, `asset.${name}`));
    writeFileSync(join(assembly, `asset.${name}`, 'index.mjs'), notes + code);
  }
  mkdirSync(join(assembly, 'asset.Native', 'node_modules'));
  return {
    assembly,
    site,
    state: join(folder, 'state'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
