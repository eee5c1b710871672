/**
 * The five tables by lifetime (design.md §4), as plain data: infra builds them, tests create them in an engine, and both
 * agree because there is one place. Every table has the string keys `pk` and `sk`; indexes project keys only.
 */
export type TableDefinition = {
  readonly indexes: readonly {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
  }[];
  readonly stream?: 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE';
  readonly ttlAttribute?: 'expiresAt';
  readonly pointInTimeRecovery: boolean;
};

export const tableKey = { partitionKey: 'pk', sortKey: 'sk' } as const;

export const tableDefinitions = {
  catalog: { indexes: [], pointInTimeRecovery: true },
  instances: {
    indexes: [
      { name: 'byQueue', partitionKey: 'qpk', sortKey: 'qsk' },
      { name: 'byDay', partitionKey: 'lpk', sortKey: 'lsk' },
    ],
    stream: 'NEW_AND_OLD_IMAGES',
    ttlAttribute: 'expiresAt',
    pointInTimeRecovery: false,
  },
  logs: { indexes: [], ttlAttribute: 'expiresAt', pointInTimeRecovery: false },
  ledger: {
    indexes: [],
    stream: 'NEW_IMAGE',
    ttlAttribute: 'expiresAt',
    pointInTimeRecovery: true,
  },
  views: { indexes: [], ttlAttribute: 'expiresAt', pointInTimeRecovery: false },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tableDefinitions;
