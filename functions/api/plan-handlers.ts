import type { ApiHandlers } from '../edge/api.ts';
import type { PlanStores } from './api-stores.ts';
import { getBackfillMatrix } from './backfill-matrix.ts';
import { previewBackfill } from './preview-backfill.ts';
import { getSchedule } from './read-schedule.ts';
import { simulateProject } from './simulate.ts';

/** What looks ahead or lays out a plan: it carries the generator and the gate, and writes nothing. */
export const planHandlers = (stores: PlanStores): ApiHandlers<'plan'> => ({
  simulate: simulateProject(stores),
  previewBackfill: previewBackfill(stores),
  getBackfillMatrix: getBackfillMatrix(stores),
  getSchedule: getSchedule(stores),
});
