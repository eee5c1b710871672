import { Tags } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { bulkOperationDefinition } from '../asl/bulk-operation.ts';
import { acknowledge, logicalIdOf } from './acknowledge.ts';
import { type FunctionDefaults, OpsFunction } from './ops-function.ts';
import { OpsMachine } from './state-machine.ts';
import type { Tables } from './tables.ts';

export interface BulkOperationsProps {
  readonly defaults: FunctionDefaults;
  readonly tables: Tables;
  /** Where exports of run logs are written, below `exports/`. */
  readonly dataBucket: IBucket;
}

/** Operations on many instances: planned, confirmed by a person, then carried out by the server. */
export class BulkOperations extends Construct {
  readonly machine: OpsMachine;

  constructor(scope: Construct, id: string, { defaults, tables, dataBucket }: BulkOperationsProps) {
    super(scope, id);
    const stores = {
      CATALOG_TABLE: { table: tables.catalog, may: 'read' },
      INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
    } as const;

    const plan = new OpsFunction(this, 'Plan', {
      name: 'bulk/plan',
      defaults,
      tables: { ...stores, VIEWS_TABLE: { table: tables.views, may: 'read' } },
      environment: defaults.retention,
    });
    const run = new OpsFunction(this, 'Run', {
      name: 'bulk/run',
      defaults,
      tables: stores,
      environment: defaults.retention,
    });
    const write = new OpsFunction(this, 'Export', {
      name: 'bulk/export',
      defaults,
      tables: {
        INSTANCES_TABLE: { table: tables.instances, may: 'read-write' },
        LOGS_TABLE: { table: tables.logs, may: 'read' },
      },
      environment: { ...defaults.retention, DATA_BUCKET: dataBucket.bucketName },
    });
    const files = dataBucket.arnForObjects('exports/*');
    write.allow(['s3:PutObject'], [files]);
    acknowledge(write, {
      [`AwsSolutions-IAM5[Resource::<${logicalIdOf(dataBucket)}.Arn>/exports/*]`]:
        'Each export of run logs has a folder of its own there.',
    });

    this.machine = new OpsMachine(this, 'BulkOperation', {
      type: StateMachineType.STANDARD,
      calls: [plan.live, run.live, write.live],
      definition: bulkOperationDefinition({
        'bulk-plan': plan.live.functionArn,
        'bulk-run': run.live.functionArn,
        'bulk-export': write.live.functionArn,
      }),
    });
    Tags.of(this).add('nightshift:component', 'bulk');
  }

  /** The machine's name as functions read it. */
  get environment(): { BULK_MACHINE: string } {
    return { BULK_MACHINE: this.machine.arn };
  }

  /** Lets a stage hand an operation to the machine. */
  allowStart(stage: OpsFunction): void {
    stage.allow(['states:StartExecution'], [this.machine.arn]);
  }
}
