import type { Template } from './assembly.ts';
import { HostError } from './host-error.ts';

/** Types that the host gives life to. */
const hosted = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Version',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::StepFunctions::StateMachine',
];

/** Types that change nothing that a program on this host could notice, each with what stands in for it. */
const inert: readonly RegExp[] = [
  /^AWS::IAM::/, // rights are checked by AWS, not here
  /^AWS::Logs::/, // logs/ in the state folder
  /^AWS::CloudWatch::/,
  /^AWS::CloudFront::/, // the host's own web server
  /^AWS::Cognito::/, // the host's own issuer
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::SNS::/, // only targets of alarms
  /^AWS::SES::/, // the mailbox page
  /^AWS::S3::BucketPolicy$/,
  /^AWS::KMS::/,
  /^AWS::Events::Archive$/,
  /^AWS::EventSchemas::/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^AWS::Lambda::(Permission|LayerVersion|EventInvokeConfig)$/,
  /^AWS::CDK::Metadata$/,
  /^AWS::ResourceGroups::/,
  /^AWS::WAFv2::/,
  /^Custom::(CDKBucketDeployment|S3AutoDeleteObjects|AWS)$/, // dist/site is served as it is
  /^AWS::CloudFormation::CustomResource$/,
];

/** Refuses a template with something that the host would silently leave out. */
export const refuseUnknownTypes = ({ Resources }: Template): void => {
  const unknown = Object.entries(Resources)
    .filter(([, { Type }]) => !hosted.includes(Type) && !inert.some((known) => known.test(Type)))
    .map(([logicalId, { Type }]) => `${logicalId} (${Type})`);
  if (unknown.length > 0)
    throw new HostError(
      `the local host does not know ${unknown.join(', ')}: add it to local/resource-types.ts as hosted or inert`,
    );
};
