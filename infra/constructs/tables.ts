import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  type TableDefinition,
  type TableName,
  tableDefinitions,
  tableKey,
} from '../../shared/contracts/tables.ts';
import { acknowledge } from './acknowledge.ts';

const actions = {
  read: [
    'dynamodb:GetItem',
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:ConditionCheckItem',
  ],
  write: [
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:ConditionCheckItem',
  ],
};

/** A table that grants item actions on itself and its own indexes: no scan, no wildcard. */
export class OpsTable extends Table {
  readonly #indexArns: readonly string[];

  constructor(scope: Construct, id: string, definition: TableDefinition, keep: RemovalPolicy) {
    super(scope, id, {
      partitionKey: stringKey(tableKey.partitionKey),
      sortKey: stringKey(tableKey.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: definition.pointInTimeRecovery,
      },
      removalPolicy: keep,
      deletionProtection: keep === RemovalPolicy.RETAIN,
      ...(definition.stream && { stream: StreamViewType[definition.stream] }),
      ...(definition.ttlAttribute && { timeToLiveAttribute: definition.ttlAttribute }),
    });
    for (const { name, partitionKey, sortKey } of definition.indexes)
      this.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: stringKey(partitionKey),
        sortKey: stringKey(sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    if (!definition.pointInTimeRecovery)
      acknowledge(this, {
        'AwsSolutions-DDB3':
          'It expires within weeks: what must survive stands in the catalog and the ledger.',
      });
    this.#indexArns = definition.indexes.map(({ name }) => `${this.tableArn}/index/${name}`);
  }

  grantTo(grantee: IGrantable, may: 'read' | 'write' | 'read-write'): void {
    if (may !== 'write') this.#give(grantee, actions.read);
    if (may !== 'read') this.#give(grantee, actions.write);
  }

  #give(grantee: IGrantable, list: string[]): void {
    Grant.addToPrincipal({
      grantee,
      actions: list,
      resourceArns: [this.tableArn, ...this.#indexArns],
    });
  }
}

export interface TablesProps {
  /** What happens to the tables when they leave the stack. */
  readonly removalPolicy: RemovalPolicy;
}

/** The five tables by lifetime: what scales, expires and fails apart lives apart. */
export class Tables extends Construct implements Record<TableName, OpsTable> {
  readonly catalog: OpsTable;
  readonly instances: OpsTable;
  readonly logs: OpsTable;
  readonly ledger: OpsTable;
  readonly views: OpsTable;

  constructor(scope: Construct, id: string, { removalPolicy }: TablesProps) {
    super(scope, id);
    const table = (name: TableName, tableId: string) =>
      new OpsTable(this, tableId, tableDefinitions[name], removalPolicy);

    this.catalog = table('catalog', 'Catalog');
    this.instances = table('instances', 'Instances');
    this.logs = table('logs', 'Logs');
    this.ledger = table('ledger', 'Ledger');
    this.views = table('views', 'Views');
    Tags.of(this).add('nightshift:component', 'tables');
  }
}

function stringKey(name: string) {
  return { name, type: AttributeType.STRING };
}
