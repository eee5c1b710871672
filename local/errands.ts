import type { Typed } from './app-model.ts';
import type { HostClock } from './clock.ts';
import type { Engine } from './engine.ts';
import { careForEngine } from './engine-care.ts';
import type { StreamPumps } from './stream-pumps.ts';
import { sweepExpired } from './ttl-sweeper.ts';

const trimEveryMs = 500;
const sweepEveryMs = 10 * 60_000;

export type Errands = { close(): void };

/** What DynamoDB does by itself: forgets served stream records and expired items. */
export const startErrands = ({
  engine,
  tables,
  pumps,
  clock,
}: {
  readonly engine: Engine;
  readonly tables: readonly Typed<'AWS::DynamoDB::Table'>[];
  readonly pumps: StreamPumps;
  readonly clock: HostClock;
}): Errands => {
  const stopped = new AbortController();
  const care = engine.file ? careForEngine(engine.file) : undefined;
  const streamed = tables.filter(({ StreamSpecification }) => StreamSpecification);
  const report = (error: unknown): void => {
    if (!stopped.signal.aborted) console.error(`the engine's care failed: ${String(error)}`);
  };

  const trim = (): void => {
    try {
      for (const { name } of streamed) care?.trim(name, pumps.servedUpTo(name));
    } catch (error) {
      report(error);
    }
  };
  const sweep = (): void =>
    void sweepExpired(engine.wire, tables, clock, stopped.signal).catch(report);

  const timers = [setInterval(trim, trimEveryMs), setInterval(sweep, sweepEveryMs)];
  return {
    close: () => {
      if (stopped.signal.aborted) return;
      stopped.abort();
      for (const timer of timers) clearInterval(timer);
      care?.close();
    },
  };
};
