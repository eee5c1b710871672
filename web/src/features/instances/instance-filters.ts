import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { FilterValues } from '../../ui/list/filter-bar.tsx';

type FilterKey =
  | 'status'
  | 'outcome'
  | 'priority'
  | 'workflow'
  | 'task'
  | 'owner'
  | 'resourceGroup'
  | 'paused'
  | 'order';
export type InstanceFilters = FilterValues<FilterKey>;

/** What a list of instances is about: one project and business date. */
export type Day = { readonly env: Env; readonly project: string; readonly bizDate: string };
