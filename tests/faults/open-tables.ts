import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../../shared/contracts/tables.ts';
import { createTables, engineClient, startEngine } from './engine.ts';
import { type FaultProxy, type FaultRates, startFaultProxy } from './fault-proxy.ts';

export type OpenTables = {
  /** Goes through the fault proxy when there is one. */
  readonly client: DynamoDBDocumentClient;
  /** Asks the engine itself: what really happened. */
  readonly direct: DynamoDBDocumentClient;
  readonly endpoint: string;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly proxy: FaultProxy | undefined;
  readonly close: () => Promise<void>;
};

/** The five tables, empty, in an engine of their own; with a seed, behind a fault proxy. */
export const openTables = async ({
  seed,
  rates,
}: {
  readonly seed?: number | undefined;
  readonly rates?: Partial<FaultRates> | undefined;
} = {}): Promise<OpenTables> => {
  const engine = await startEngine();
  const direct = engineClient(engine.endpoint);
  const prefix = engine.name === 'endpoint' ? `t${Date.now()}-` : '';
  const tables = await createTables(direct, prefix);
  const proxy =
    seed === undefined
      ? undefined
      : await startFaultProxy({ target: engine.endpoint, seed, ...(rates ? { rates } : {}) });
  const client = proxy ? engineClient(proxy.endpoint) : direct;

  return {
    client,
    direct,
    endpoint: proxy?.endpoint ?? engine.endpoint,
    tables,
    proxy,
    async close() {
      client.destroy();
      direct.destroy();
      await proxy?.stop();
      await engine.stop();
    },
  };
};
