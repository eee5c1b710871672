/** Names that things of the template have on this host. They never change, since the state holds them. */
export const region = 'us-east-1';
export const account = '000000000000';

type Named = (property: string) => string | undefined;

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const bareName: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::Events::EventBus': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Cognito::UserPoolResourceServer': 'Identifier',
};

/** The plain name of a resource: the one that the template gives, else its logical id. */
export const nameOf = (logicalId: string, type: string, named: Named): string => {
  const given = named(bareName[type] ?? '');
  if (given !== undefined) return given;
  return type === 'AWS::S3::Bucket' ? logicalId.toLowerCase() : logicalId;
};

export const functionArn = (name: string): string => arn('lambda', `function:${name}`);
export const machineArn = (name: string): string => arn('states', `stateMachine:${name}`);
const busArn = (name: string): string => arn('events', `event-bus/${name}`);

/** What `Ref` gives. */
export const referenceOf = (logicalId: string, type: string, named: Named): string => {
  const name = nameOf(logicalId, type, named);
  switch (type) {
    case 'AWS::StepFunctions::StateMachine':
      return machineArn(name);
    case 'AWS::Lambda::Alias':
      return `${functionArn(bare(named('FunctionName')))}:${named('Name') ?? 'live'}`;
    case 'AWS::Lambda::Version':
      return `${functionArn(bare(named('FunctionName')))}:1`;
    case 'AWS::SQS::Queue':
      return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
    case 'AWS::Cognito::UserPool':
      return `${region}_${logicalId}`;
    default:
      return name;
  }
};

/** What `Fn::GetAtt` gives. Attributes of inert resources only have to be stable text. */
export const attributeOf = (
  logicalId: string,
  type: string,
  attribute: string,
  named: Named,
): string => {
  const name = nameOf(logicalId, type, named);
  switch (`${type} ${attribute}`) {
    case 'AWS::DynamoDB::Table Arn':
      return arn('dynamodb', `table/${name}`);
    case 'AWS::DynamoDB::Table StreamArn':
      return arn('dynamodb', `table/${name}/stream/local`);
    case 'AWS::Lambda::Function Arn':
      return functionArn(name);
    case 'AWS::Lambda::Version Version':
      return '1';
    case 'AWS::Lambda::Alias AliasArn':
    case 'AWS::Lambda::Version FunctionArn':
      return referenceOf(logicalId, type, named);
    case 'AWS::StepFunctions::StateMachine Arn':
      return machineArn(name);
    case 'AWS::StepFunctions::StateMachine Name':
    case 'AWS::Events::EventBus Name':
    case 'AWS::SQS::Queue QueueName':
      return name;
    case 'AWS::Events::EventBus Arn':
      return busArn(name);
    case 'AWS::S3::Bucket Arn':
      return `arn:aws:s3:::${name}`;
    case 'AWS::SQS::Queue Arn':
      return arn('sqs', name);
    default:
      return `local-${logicalId}-${attribute}`;
  }
};

/** `arn:…:function:NAME[:alias]` or `NAME[:alias]` → NAME; also the URI form of API Gateway. */
export const functionNameOf = (reference: string): string =>
  /:function:([\w-]+)/.exec(reference)?.[1] ?? bare(reference);

function bare(name: string | undefined): string {
  return /:function:([\w-]+)/.exec(name ?? '')?.[1] ?? (name ?? '').split(':')[0] ?? '';
}
