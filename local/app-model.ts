import * as z from 'zod';
import type { Assembly } from './assembly.ts';
import { HostError } from './host-error.ts';
import { resolver } from './intrinsics.ts';
import { nameOf, referenceOf } from './local-names.ts';
import { refuseUnknownTypes } from './resource-types.ts';

/** A property that has no effect here. */
const inert = z.unknown().optional();
const numberText = z.coerce.number();
const flag = z.union([z.boolean(), z.stringbool()]);

const Behavior = z.object({ ResponseHeadersPolicyId: z.string().optional() });
const DeadLetters = z.object({ Arn: z.string() }).optional();
const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const shapes = {
  'AWS::DynamoDB::Table': z.object({
    AttributeDefinitions: z.array(
      z.object({ AttributeName: z.string(), AttributeType: z.string() }),
    ),
    KeySchema,
    GlobalSecondaryIndexes: z
      .array(
        z.object({
          IndexName: z.string(),
          KeySchema,
          Projection: z.object({
            ProjectionType: z.string(),
            NonKeyAttributes: z.array(z.string()).optional(),
          }),
        }),
      )
      .optional(),
    StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
    TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: flag }).optional(),
  }),
  'AWS::Lambda::Function': z.object({
    Code: z.object({ S3Key: z.string().optional(), ZipFile: z.string().optional() }),
    Handler: z.string(),
    Runtime: z.string(),
    Timeout: numberText.default(3),
    MemorySize: numberText.default(128),
    ReservedConcurrentExecutions: numberText.optional(),
    Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
  }),
  'AWS::StepFunctions::StateMachine': z.object({
    StateMachineType: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
    DefinitionString: z.string(),
  }),
  'AWS::Lambda::EventSourceMapping': z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
    BatchSize: numberText.default(100),
    Enabled: flag.default(true),
    FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
    MaximumRetryAttempts: numberText.default(-1),
    MaximumRecordAgeInSeconds: numberText.default(-1),
    ParallelizationFactor: numberText.default(1),
    TumblingWindowInSeconds: numberText.default(0),
    MaximumBatchingWindowInSeconds: inert,
    BisectBatchOnFunctionError: inert,
    DestinationConfig: z
      .object({ OnFailure: z.object({ Destination: z.string() }).optional() })
      .optional(),
    MetricsConfig: inert,
    LoggingConfig: inert,
    Tags: inert,
  }),
  'AWS::Scheduler::Schedule': z.strictObject({
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().default('UTC'),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Target: z.strictObject({
      Arn: z.string(),
      Input: z.string().default('{}'),
      RoleArn: inert,
      RetryPolicy: inert,
      DeadLetterConfig: DeadLetters,
    }),
    FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
    Name: inert,
    Description: inert,
    GroupName: inert,
    KmsKeyArn: inert,
  }),
  'AWS::Events::Rule': z.strictObject({
    EventBusName: z.string().default('default'),
    EventPattern: z.record(z.string(), z.unknown()),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z
      .array(
        z.strictObject({
          Arn: z.string(),
          Id: z.string(),
          RetryPolicy: inert,
          DeadLetterConfig: DeadLetters,
          RoleArn: inert,
        }),
      )
      .default([]),
    Name: inert,
    Description: inert,
    RoleArn: inert,
    Tags: inert,
  }),
  'AWS::SQS::Queue': z.object({}),
  'AWS::ApiGatewayV2::Route': z.object({
    RouteKey: z.string(),
    Target: z.string().transform((target) => target.replace(/^integrations\//, '')),
    AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
    AuthorizationScopes: z.array(z.string()).default([]),
  }),
  'AWS::ApiGatewayV2::Integration': z.object({
    IntegrationType: z.literal('AWS_PROXY'),
    PayloadFormatVersion: z.literal('2.0'),
    IntegrationUri: z.string(),
  }),
  'AWS::Cognito::UserPoolClient': z.object({
    AllowedOAuthFlows: z.array(z.string()).default([]),
    AllowedOAuthScopes: z.array(z.string()).default([]),
  }),
  'AWS::CloudFront::Distribution': z.object({
    DistributionConfig: z.object({
      DefaultCacheBehavior: Behavior,
      CacheBehaviors: z.array(Behavior.extend({ PathPattern: z.string() })).default([]),
    }),
  }),
  'AWS::CloudFront::ResponseHeadersPolicy': z.object({
    ResponseHeadersPolicyConfig: z.object({
      CustomHeadersConfig: z
        .object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) })
        .optional(),
      SecurityHeadersConfig: z
        .object({
          ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }).optional(),
          ContentTypeOptions: z.unknown().optional(),
          FrameOptions: z.object({ FrameOption: z.string() }).optional(),
          ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }).optional(),
        })
        .optional(),
    }),
  }),
} as const;

type Shapes = typeof shapes;
export type Typed<T extends keyof Shapes> = z.infer<Shapes[T]> & {
  readonly logicalId: string;
  /** Plain name on this host. */
  readonly name: string;
  /** What `Ref` gives. */
  readonly ref: string;
};

/** What the template asks of the host, by type, with all functions of CloudFormation resolved. */
export type AppModel = {
  all<T extends keyof Shapes>(type: T): readonly Typed<T>[];
  buckets(): readonly string[];
  /** Outputs of the stack, as a deploy would print them. */
  outputs(): Readonly<Record<string, string>>;
};

/** Reads the template; anything that the host would not honour is refused by its logical id. */
export const appModel = ({ template }: Assembly): AppModel => {
  refuseUnknownTypes(template);
  const resolve = resolver(template);

  return {
    all: <T extends keyof Shapes>(type: T) =>
      ofType(type).map(([logicalId, { Properties }]) => {
        const properties = resolve(Properties) as Record<string, unknown>;
        const parsed = shapes[type].safeParse(properties);
        if (!parsed.success)
          throw new HostError(
            `the local host cannot run ${logicalId} (${type}): ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
          );
        const named = (key: string) =>
          properties[key] === undefined ? undefined : String(properties[key]);
        const name = nameOf(logicalId, type, named);
        const ids = { logicalId, name, ref: referenceOf(logicalId, type, named) };
        return { ...parsed.data, ...ids } as unknown as Typed<T>;
      }),
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs).map(([name, { Value }]) => [name, String(resolve(Value))]),
      ),
    buckets: () =>
      ofType('AWS::S3::Bucket').map(([logicalId, { Properties }]) =>
        nameOf(logicalId, 'AWS::S3::Bucket', (key) =>
          Properties[key] === undefined ? undefined : String(resolve(Properties[key])),
        ),
      ),
  };

  function ofType(type: string) {
    return Object.entries(template.Resources).filter(
      ([, { Type, Condition }]) =>
        Type === type &&
        (Condition === undefined || resolve({ 'Fn::If': [Condition, true, false] })),
    );
  }
};
