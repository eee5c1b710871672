/** Filters of the lists of tasks as they stand in the address; lists of values are joined by commas. */
export type TaskFilters = {
  readonly text?: string | undefined;
  readonly kind?: string | undefined;
  readonly period?: string | undefined;
  readonly owner?: string | undefined;
  readonly priority?: string | undefined;
  readonly paused?: 'true' | 'false' | undefined;
  readonly dryRun?: 'true' | 'false' | undefined;
  readonly held?: 'true' | 'false' | undefined;
  readonly deployed?: 'true' | 'false' | undefined;
  readonly tag?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly workflow?: string | undefined;
};
