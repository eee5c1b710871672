import { setTimeout as sleep } from 'node:timers/promises';
import type { AppModel } from './app-model.ts';
import { HostError } from './host-error.ts';
import { type StreamPumpOptions, streamPump } from './stream-pump.ts';

export type StreamPumps = {
  /** The sequence number that every consumer of the table's stream has passed. */
  servedUpTo(table: string): bigint;
  /** Waits for batches under way, at most so long. */
  close(graceMs: number): Promise<void>;
};

/** One pump for each event source mapping of the template. */
export const streamPumps = (
  model: AppModel,
  streams: ReadonlyMap<string, string>,
  shared: Omit<StreamPumpOptions, 'mapping' | 'streamArn'>,
): StreamPumps => {
  const pumps = model
    .all('AWS::Lambda::EventSourceMapping')
    .filter(({ Enabled }) => Enabled)
    .map((mapping) => {
      const [, table = ''] = /:table\/([^/]+)\/stream\//.exec(mapping.EventSourceArn) ?? [];
      const streamArn = streams.get(table);
      if (!streamArn)
        throw new HostError(
          `${mapping.logicalId}: ${mapping.EventSourceArn} is no stream of the template`,
        );
      return { table, pump: streamPump({ ...shared, mapping, streamArn }) };
    });

  return {
    servedUpTo(table) {
      let least = unbounded;
      for (const { pump } of pumps.filter((entry) => entry.table === table)) {
        const served = [...pump.cursors().values()].map(BigInt);
        for (const sequence of served.length > 0 ? served : [0n])
          if (sequence < least) least = sequence;
      }
      return least;
    },
    close: async (graceMs) => {
      const closing = Promise.all(pumps.map(({ pump }) => pump.close()));
      await Promise.race([closing, sleep(graceMs, undefined, { ref: false })]);
    },
  };
};

const unbounded = BigInt(Number.MAX_SAFE_INTEGER);
