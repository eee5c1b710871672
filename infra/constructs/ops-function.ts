import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, Size, Tags } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  bundleFolder,
  type FunctionName,
  type FunctionShape,
  functionShapes,
} from '../function-shapes.ts';
import { acknowledge } from './acknowledge.ts';
import type { OpsTable } from './tables.ts';

/** What every function of a deployment shares. */
export interface FunctionDefaults {
  /** Folder that the build wrote. */
  readonly distFolder: string;
  /** Functions with a share of the account's concurrency set aside. */
  readonly reservedConcurrency: Partial<Record<FunctionName, number>>;
  /** How long ended instances are kept, as functions that end some read it. */
  readonly retention: { readonly RETENTION_DAYS: string };
}

interface TableAccess {
  readonly table: OpsTable;
  readonly may: 'read' | 'write' | 'read-write';
}

export interface OpsFunctionProps {
  readonly name: FunctionName;
  readonly defaults: FunctionDefaults;
  /** Variable name → table. Naming a table and granting access to it are one act. */
  readonly tables?: Partial<Record<`${string}_TABLE`, TableAccess>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** For a function that is called asynchronously: where the call goes when it failed for good. */
  readonly deadLetterQueue?: IQueue;
}

/**
 * A Lambda as this house makes them: built beforehand, a role and a log group of its own, called through the alias
 * `live`, so that a deploy never changes what is running.
 */
export class OpsFunction extends Construct {
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly live: Alias;

  constructor(scope: Construct, id: string, props: OpsFunctionProps) {
    super(scope, id);
    const { name, defaults, tables = {}, environment = {}, deadLetterQueue } = props;
    const shape: FunctionShape = functionShapes[name];
    const service = name.replace('/', '-');
    this.name = name;

    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `${service} of Nightshift`,
    });
    logGroup.grantWrite(role);

    const reserved = defaults.reservedConcurrency[name];
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Nightshift ${name}`,
      code: Code.fromAsset(bundleOf(name, defaults.distFolder)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: shape.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: shape.memoryMb,
      timeout: Duration.seconds(shape.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // A start and a report of every call would cost more than they tell: the metrics know how long calls take.
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      role,
      ...(deadLetterQueue && { deadLetterQueue }),
      ...(shape.stage && { recursiveLoop: RecursiveLoop.ALLOW }),
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      environment: { POWERTOOLS_SERVICE_NAME: service, ...scratchOf(shape), ...environment },
      ...(shape.scratchMb !== undefined && {
        ephemeralStorageSize: Size.mebibytes(shape.scratchMb),
      }),
    });

    for (const [variable, access] of Object.entries(tables)) {
      if (!access) continue;
      this.lambda.addEnvironment(variable, access.table.tableName);
      access.table.grantTo(this.lambda, access.may);
    }

    this.live = new Alias(this, 'Live', {
      aliasName: 'live',
      version: this.lambda.currentVersion,
    });
    Tags.of(this).add('nightshift:component', name.split('/')[0] ?? name);
    acknowledge(this, {
      'AwsSolutions-IAM5[Resource::*]': 'X-Ray takes traces from no narrower resource.',
      ...(!deadLetterQueue && {
        'Serverless-LambdaDLQ': 'It is called synchronously: the caller is told, and tries again.',
      }),
    });
  }

  /** Allows one more thing, on named resources. */
  allow(
    actions: readonly string[],
    resources: readonly string[],
    conditions: Record<string, Record<string, string>> = {},
  ): void {
    this.lambda.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
  }
}

const scratchOf = ({ scratchMb }: FunctionShape): Readonly<Record<string, string>> =>
  scratchMb === undefined ? {} : { SCRATCH_MB: String(scratchMb) };

function bundleOf(name: FunctionName, distFolder: string): string {
  const folder = join(distFolder, bundleFolder(name));
  if (!existsSync(folder))
    throw new Error(`${folder} is missing: run "npm run build" before the synthesis`);
  return folder;
}
