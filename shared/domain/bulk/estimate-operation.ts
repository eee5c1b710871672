import type { Before } from './order-targets.ts';

export type Load = {
  readonly id: string;
  /** Mean duration of its task; undefined without history. */
  readonly seconds: number | undefined;
  /** Limited pools that it takes a slot of. */
  readonly pools: readonly string[];
};

export type Estimate = {
  readonly workSeconds: number;
  readonly atLeastSeconds: number;
  readonly withoutHistory: number;
};

/**
 * How long running `loads` again takes at least: the longest chain of the order, and the work in each pool spread over
 * its slots. A task without history counts nothing, and is counted as such.
 */
export const estimateOperation = (
  loads: readonly Load[],
  edges: readonly Before[],
  limitOf: (pool: string) => number,
): Estimate => {
  const secondsOf = new Map(loads.map(({ id, seconds = 0 }) => [id, seconds]));
  const inPool = new Map<string, number>();
  for (const { pools, seconds = 0 } of loads)
    for (const pool of pools) inPool.set(pool, (inPool.get(pool) ?? 0) + seconds);
  const narrowest = [...inPool].reduce(
    (most, [pool, seconds]) => Math.max(most, seconds / Math.max(1, limitOf(pool))),
    0,
  );

  return {
    workSeconds: loads.reduce((sum, { seconds = 0 }) => sum + seconds, 0),
    atLeastSeconds: Math.max(longestChain(secondsOf, edges), narrowest),
    withoutHistory: loads.filter(({ seconds }) => seconds === undefined).length,
  };
};

/** Seconds of the longest chain; edges must have no cycle to be followed all the way. */
const longestChain = (secondsOf: ReadonlyMap<string, number>, edges: readonly Before[]): number => {
  const above = Map.groupBy(edges, ({ to }) => to);
  const below = Map.groupBy(edges, ({ from }) => from);
  const waits = new Map([...above].map(([id, list]) => [id, list.length]));
  const nodes = new Set([...secondsOf.keys(), ...edges.flatMap(({ from, to }) => [from, to])]);
  const endOf = new Map<string, number>();
  const ready = [...nodes].filter((id) => !waits.has(id));

  for (const id of ready) {
    const start = (above.get(id) ?? []).reduce(
      (at, { from }) => Math.max(at, endOf.get(from) ?? 0),
      0,
    );
    endOf.set(id, start + (secondsOf.get(id) ?? 0));
    for (const { to } of below.get(id) ?? []) {
      const left = (waits.get(to) ?? 0) - 1;
      waits.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return [...endOf.values()].reduce((latest, end) => Math.max(latest, end), 0);
};
