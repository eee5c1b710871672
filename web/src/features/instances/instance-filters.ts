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
  | 'kind'
  | 'paused'
  | 'held'
  | 'asked'
  | 'order'
  | 'days';
export type InstanceFilters = FilterValues<FilterKey>;

/** What a list of instances is about: one project and business date, or some days up to it. */
export type Day = { readonly env: Env; readonly project: string; readonly bizDate: string };

/** Spans that the page offers, in days. */
export const spans = [1, 7, 15, 31] as const;

/** The span of an address; one day unless it is one of those offered. */
export const spanOf = (days: string | undefined): number =>
  spans.find((span) => String(span) === days) ?? 1;
