import { isDeepStrictEqual } from 'node:util';
import type { Typed } from './app-model.ts';
import { DynamoRefused, type DynamoWire } from './dynamo-wire.ts';
import { HostError } from './host-error.ts';

type Table = Typed<'AWS::DynamoDB::Table'>;
type Described = {
  KeySchema: unknown;
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown }[];
  LatestStreamArn?: string;
};

/** Creates the tables that are missing; what exists is kept. Answers the stream of each table that has one. */
export const createTables = async (
  wire: DynamoWire,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, string>> => {
  const streams = new Map<string, string>();
  for (const table of tables) {
    const described = (await describe(wire, table.name)) ?? (await create(wire, table));
    refuseOtherShape(table, described);
    if (described.LatestStreamArn) streams.set(table.name, described.LatestStreamArn);
  }
  return streams;
};

async function describe(wire: DynamoWire, name: string): Promise<Described | undefined> {
  try {
    const { Table } = await wire.call<{ Table: Described }>('DynamoDB_20120810.DescribeTable', {
      TableName: name,
    });
    return Table;
  } catch (error) {
    if (error instanceof DynamoRefused && error.name === 'ResourceNotFoundException')
      return undefined;
    throw error;
  }
}

async function create(wire: DynamoWire, table: Table): Promise<Described> {
  await wire.call('DynamoDB_20120810.CreateTable', {
    TableName: table.name,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
    ...(table.StreamSpecification && {
      StreamSpecification: { StreamEnabled: true, ...table.StreamSpecification },
    }),
  });
  const created = await describe(wire, table.name);
  if (!created) throw new HostError(`the engine did not create the table ${table.name}`);
  return created;
}

function refuseOtherShape(table: Table, described: Described): void {
  const shape = (
    keys: unknown,
    indexes: readonly { IndexName: string; KeySchema: unknown }[] = [],
  ) => ({
    keys,
    indexes: indexes
      .map(({ IndexName, KeySchema }) => ({ IndexName, KeySchema }))
      .toSorted((a, b) => a.IndexName.localeCompare(b.IndexName)),
  });
  const wanted = shape(table.KeySchema, table.GlobalSecondaryIndexes);
  const found = shape(described.KeySchema, described.GlobalSecondaryIndexes);
  if (!isDeepStrictEqual(wanted, found))
    throw new HostError(
      `the table ${table.logicalId} in the state folder has other keys or indexes than this version: start with --fresh`,
    );
}
