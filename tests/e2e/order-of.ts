import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RecordedCall } from './recorder.ts';

type WfTask = { readonly id: string; readonly parents?: readonly string[] };

/** The parents of each task of a WfFormat file, read without the product's own reader. */
export const parentsInFile = (file: string): ReadonlyMap<string, readonly string[]> => {
  const { workflow } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    readonly workflow: { readonly specification: { readonly tasks: readonly WfTask[] } };
  };
  return new Map(workflow.specification.tasks.map(({ id, parents }) => [id, parents ?? []]));
};

export type OrderReport = {
  readonly tasks: number;
  /** Tasks that were called more or less than once. */
  readonly notOnce: readonly string[];
  /** Tasks that began before a parent had ended. */
  readonly tooEarly: readonly string[];
  /** From the end of the last parent to the start, in milliseconds, sorted. */
  readonly hops: readonly number[];
};

/** Holds what a recorder saw of one run against the graph of the file. */
export const orderOf = (
  calls: readonly RecordedCall[],
  parents: ReadonlyMap<string, readonly string[]>,
): OrderReport => {
  const byTask = Map.groupBy(calls, ({ task }) => task);
  const endOf = (task: string) => Math.min(...(byTask.get(task) ?? []).map((call) => call.endedAt));
  const hops: number[] = [];
  const tooEarly: string[] = [];

  for (const [task, above] of parents) {
    const start = Math.min(...(byTask.get(task) ?? []).map((call) => call.startedAt));
    if (above.length === 0 || !Number.isFinite(start)) continue;
    const hop = start - Math.max(...above.map(endOf));
    if (hop < 0) tooEarly.push(task);
    hops.push(hop);
  }
  return {
    tasks: parents.size,
    notOnce: [...parents.keys()].filter((task) => byTask.get(task)?.length !== 1),
    tooEarly,
    hops: hops.toSorted((a, b) => a - b),
  };
};

/** The value below which the share `q` of sorted numbers lies; 0 for none. */
export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
