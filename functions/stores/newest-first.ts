import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { mergeRanges } from './merge-ranges.ts';
import type { Item, Page, Table } from './table.ts';

/** Which part of the lists of some projects to read; their sort keys begin with instants. Both ends included. */
export type ProjectsRange = {
  readonly env: Env;
  readonly projects: readonly string[];
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** A page of the lists of some projects as one, the newest first. */
export const newestFirst = async (
  table: Table,
  partitionOf: (env: Env, project: string) => string,
  { env, projects, from, to, limit, cursor }: ProjectsRange,
): Promise<Page<Item>> => {
  if (projects.length === 0) return { items: [] };
  const partitions = projects.map((project) => partitionOf(env, project));
  const range = { partitions, order: 'desc', from, to: to && `${to}~~` } as const;
  return mergeRanges(table, range, { limit, cursor });
};
