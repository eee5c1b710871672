import { setTimeout as sleep } from 'node:timers/promises';
import type { Typed } from './app-model.ts';
import type { HostClock } from './clock.ts';
import type { DynamoWire } from './dynamo-wire.ts';
import { type EventPattern, eventPattern } from './event-pattern.ts';
import type { Lambdas } from './lambdas.ts';
import { region } from './local-names.ts';
import type { StateStore } from './state-store.ts';
import { streamCursors, type Window } from './stream-cursors.ts';
import { batchesOf, lanesOf, type Reshape, type StreamRecord, unserved } from './stream-record.ts';
import { shardReader, shardsOf } from './stream-shard.ts';

export type StreamPump = {
  /** Sequence number up to which this consumer has been served, by shard. */
  cursors(): ReadonlyMap<string, string>;
  close(): Promise<void>;
};

export type StreamPumpOptions = {
  readonly mapping: Typed<'AWS::Lambda::EventSourceMapping'>;
  readonly streamArn: string;
  readonly wire: DynamoWire;
  readonly lambdas: Lambdas;
  readonly store: StateStore;
  readonly clock: HostClock;
  readonly reshape: Reshape;
};

/** A stream is asked often while it moves, so that a hop costs milliseconds, and less often at rest. */
const pollMs = (idleMs: number): number =>
  Math.min(idleMs > 60_000 ? 100 : 50, Math.max(15, idleMs / 100));
const shardsPollMs = 1000;
const longestBackoffMs = 5000;

/** Serves one event source mapping: every shard in order, at least once, retried until it succeeds. */
export const streamPump = (options: StreamPumpOptions): StreamPump => {
  const { mapping, streamArn, wire, lambdas, store, clock, reshape } = options;
  const patterns = (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
    eventPattern(JSON.parse(Pattern), mapping.logicalId),
  );
  const windowMs = mapping.TumblingWindowInSeconds * 1000;
  const shardTasks = new Map<string, Promise<void>>();
  const done = new Set<string>();
  const stopped = new AbortController();
  const cursors = streamCursors(store, mapping.logicalId);
  for (const { shard, finished } of cursors.all()) if (finished) done.add(shard);

  const invoke = async (
    event: object,
  ): Promise<{ failed: boolean; result: Answer; payload: string }> => {
    const { failed, payload } = await lambdas.invoke(mapping.FunctionName, JSON.stringify(event));
    return { failed, payload, result: failed ? {} : ((JSON.parse(payload) ?? {}) as Answer) };
  };

  /** Delivers until everything is served, or given up into the dead letters; false when the host stops before. */
  const serve = async (
    shardId: string,
    records: readonly StreamRecord[],
    window: Window | undefined,
  ): Promise<boolean> => {
    let left = records;
    let failures = 0;
    let firstFailure = 0;
    while (left.length > 0 && !stopped.signal.aborted) {
      const { failed, result, payload } = await invoke({
        Records: left.map((record) => delivered(record, streamArn)),
        ...(window && windowFields(window, windowMs, shardId, streamArn, false)),
      });
      const reported = result.batchItemFailures ?? [];
      if (!failed && reported.length === 0) {
        if (window) window.state = result.state ?? {};
        return true;
      }
      const before = left.length;
      if (!failed)
        left = unserved(
          left,
          reported.map(({ itemIdentifier }) => unpadded(itemIdentifier)),
        );
      failures = left.length < before ? 1 : failures + 1;
      if (failures === 1) firstFailure = performance.now();
      if (stopped.signal.aborted) return false;
      if (givenUp(mapping, failures, performance.now() - firstFailure)) {
        store.deadLetter(clock.now(), mapping.logicalId, payload, JSON.stringify(left));
        return true;
      }
      await pause(Math.min(longestBackoffMs, 50 * 2 ** Math.min(failures, 10)), stopped.signal);
    }
    return left.length === 0;
  };

  const serveLane = async (
    shardId: string,
    lane: readonly StreamRecord[],
    window: Window | undefined,
  ): Promise<boolean> => {
    for (const batch of batchesOf(lane, mapping.BatchSize))
      for (const shaped of reshape({ records: batch }))
        if (!(await serve(shaped.shardId ?? shardId, shaped.records, window))) return false;
    return true;
  };

  const closeWindow = async (shardId: string, window: Window): Promise<void> => {
    for (let attempt = 0; !stopped.signal.aborted; attempt += 1) {
      const { failed } = await invoke({
        Records: [],
        ...windowFields(window, windowMs, shardId, streamArn, true),
      });
      if (!failed) return;
      await pause(Math.min(longestBackoffMs, 100 * 2 ** Math.min(attempt, 10)), stopped.signal);
    }
  };

  const drain = async (shardId: string): Promise<void> => {
    const reader = shardReader(
      wire,
      { StreamArn: streamArn, ShardId: shardId },
      cursors.position(shardId),
    );
    let window = cursors.window(shardId);
    let lastRecordAt = performance.now();
    while (!stopped.signal.aborted) {
      if (window && Date.now() >= window.start + windowMs) {
        await closeWindow(shardId, window);
        window = undefined;
        cursors.saveWindow(shardId, window);
      }
      const { records, finished } = await reader.next();
      const wanted = records.filter((record) => isWanted(patterns, record));
      if (wanted.length > 0 && windowMs > 0)
        window ??= { start: Math.floor(Date.now() / windowMs) * windowMs, state: {} };
      const served = await Promise.all(
        lanesOf(wanted, mapping.ParallelizationFactor).map((lane) =>
          serveLane(shardId, lane, window),
        ),
      );
      if (!served.every(Boolean)) return;
      const last = records.at(-1)?.dynamodb.SequenceNumber;
      if (last !== undefined) {
        cursors.save(shardId, last, window);
        lastRecordAt = performance.now();
      }
      if (finished) {
        done.add(shardId);
        cursors.finish(shardId);
        return;
      }
      if (records.length === 0)
        await pause(pollMs(performance.now() - lastRecordAt), stopped.signal);
    }
  };

  /** A failure of the engine itself (it restarts, it is gone) is waited out. */
  const keepDraining = async (shardId: string): Promise<void> => {
    while (!stopped.signal.aborted && !done.has(shardId)) {
      try {
        await drain(shardId);
      } catch (error) {
        if (!stopped.signal.aborted) console.error(`${mapping.logicalId}: ${String(error)}`);
        await pause(500, stopped.signal);
      }
    }
  };

  const watchShards = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const shards = await shardsOf(wire, streamArn).catch(() => []);
      const ids = new Set(shards.map(({ ShardId }) => ShardId));
      for (const { ShardId, ParentShardId } of shards) {
        const parentServed = !ParentShardId || !ids.has(ParentShardId) || done.has(ParentShardId);
        if (parentServed && !done.has(ShardId) && !shardTasks.has(ShardId))
          shardTasks.set(ShardId, keepDraining(ShardId));
      }
      await pause(shardTasks.size === 0 ? pollMs(0) : shardsPollMs, stopped.signal);
    }
  };

  const watching = watchShards();
  return {
    cursors: () => new Map(cursors.all().map(({ shard, sequence }) => [shard, sequence])),
    close: async () => {
      stopped.abort();
      await Promise.all([watching, ...shardTasks.values()]);
    },
  };
};

type Answer = {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
  readonly state?: unknown;
};

function isWanted(patterns: readonly EventPattern[], record: StreamRecord): boolean {
  return patterns.length === 0 || patterns.some((pattern) => pattern.matches(record));
}

/** Sequence numbers of AWS have 21 digits or more; equal lengths let them be compared as text. */
const sequenceDigits = 21;
const unpadded = (sequence: string): string => sequence.replace(/^0+(?=\d)/, '');

function delivered(record: StreamRecord, streamArn: string): object {
  const { dynamodb } = record;
  return {
    ...record,
    dynamodb: {
      ...dynamodb,
      SequenceNumber: dynamodb.SequenceNumber.padStart(sequenceDigits, '0'),
    },
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
  };
}

function windowFields(
  window: Window,
  windowMs: number,
  shardId: string,
  arn: string,
  final: boolean,
) {
  const at = (ms: number): string => new Date(ms).toISOString().replace('.000', '');
  return {
    window: { start: at(window.start), end: at(window.start + windowMs) },
    state: window.state,
    shardId,
    eventSourceARN: arn,
    isFinalInvokeForWindow: final,
    isWindowTerminatedEarly: false,
  };
}

/** The age counts from the first failure: a host that was down must not lose what waited for it. */
function givenUp(
  { MaximumRetryAttempts, MaximumRecordAgeInSeconds }: StreamPumpOptions['mapping'],
  failures: number,
  failingMs: number,
): boolean {
  if (MaximumRetryAttempts >= 0 && failures > MaximumRetryAttempts) return true;
  return MaximumRecordAgeInSeconds >= 0 && failingMs > MaximumRecordAgeInSeconds * 1000;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {});
}
