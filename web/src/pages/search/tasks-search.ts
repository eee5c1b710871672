import * as z from 'zod';
import { TabSearch } from './tab-search.ts';

const text = z.string().optional().catch(undefined);
const flag = z.enum(['true', 'false']).optional().catch(undefined);
const levels = z
  .string()
  .regex(/^(all|10|\d)$/)
  .optional()
  .catch(undefined);

/** Filters of the lists of tasks. Lists of values are comma-separated. */
export const TasksSearch = z.object({
  text,
  kind: text,
  period: text,
  owner: text,
  priority: text,
  paused: flag,
  dryRun: flag,
  held: flag,
  deployed: flag,
  tag: text,
  resourceGroup: text,
  workflow: text,
});
export type TasksSearch = z.infer<typeof TasksSearch>;

/** The open tab of a task, and how far its graph reaches. */
export const TaskSearch = TabSearch.extend({
  up: levels,
  down: levels,
  openUp: text,
  openDown: text,
});
