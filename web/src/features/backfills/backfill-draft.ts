import type * as z from 'zod';
import type {
  BackfillFilter,
  BackfillSpec,
} from '../../../../shared/domain/backfill/backfill.schema.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';

export type DateRange = { readonly from: string; readonly to: string };

/** The form as it is typed; every text may be unfinished. */
export type BackfillDraft = {
  readonly name: string;
  readonly roots: string;
  readonly below: 'none' | 'levels' | 'all' | 'massive';
  readonly levels: string;
  readonly filters: readonly {
    readonly key: BackfillFilter['key'];
    readonly op: BackfillFilter['op'];
    readonly values: string;
  }[];
  readonly includeRoot: boolean;
  readonly skipPaused: boolean;
  readonly ranges: readonly DateRange[];
  readonly windowFrom: string;
  readonly windowTo: string;
  readonly groups: string;
  readonly order: 'asc' | 'desc';
  readonly existing: 'all' | 'missing' | 'failed';
  readonly continueOnFailure: boolean;
  readonly yields: boolean;
  readonly pausedTasks: 'run' | 'keep';
  readonly dryRunTasks: 'run' | 'keep';
  readonly futureDue: 'run' | 'wait';
  readonly parameters: string;
  readonly resourceGroup: string;
  readonly priority: Priority | '';
  readonly hoursFrom: string;
  readonly hoursTo: string;
  readonly weekends: boolean;
  readonly when: 'now' | 'at' | 'periodic' | 'manual';
  /** Instant of `at`, once it is typed in full. */
  readonly at: string | undefined;
  readonly dailyAt: string;
};

/** A form with the defaults of the specification: yesterday, one after the other, ascending. */
export const newBackfillDraft = (yesterday: string, root = ''): BackfillDraft => ({
  name: '',
  roots: root,
  below: 'none',
  levels: '1',
  filters: [],
  includeRoot: true,
  skipPaused: true,
  ranges: [{ from: yesterday, to: yesterday }],
  windowFrom: '00:00',
  windowTo: '23:59',
  groups: '1',
  order: 'asc',
  existing: 'all',
  continueOnFailure: false,
  yields: true,
  pausedTasks: 'run',
  dryRunTasks: 'run',
  futureDue: 'run',
  parameters: '',
  resourceGroup: '',
  priority: '',
  hoursFrom: '',
  hoursTo: '',
  weekends: false,
  when: 'now',
  at: undefined,
  dailyAt: '23:00',
});

/** What the form asks for, to be checked by the schema of the API. Numbers that are none stay wrong, not 0. */
export const specOfDraft = (draft: BackfillDraft, env: Env): z.input<typeof BackfillSpec> => ({
  ...(draft.name.trim() ? { name: draft.name.trim() } : {}),
  env,
  selection: {
    roots: wordsOf(draft.roots),
    mode: draft.below === 'massive' ? 'massive' : 'list',
    levels: draft.below === 'levels' ? numberOf(draft.levels) : draft.below === 'none' ? 0 : 'all',
    filters:
      draft.below === 'massive'
        ? draft.filters.map(({ values, ...filter }) => ({ ...filter, values: wordsOf(values) }))
        : [],
    includeRoot: draft.includeRoot,
    skipPaused: draft.skipPaused,
  },
  dates: { ranges: draft.ranges.map(({ from, to }) => ({ from, to })) },
  window: { from: draft.windowFrom, to: draft.windowTo },
  groups: numberOf(draft.groups),
  order: draft.order,
  existing: draft.existing,
  continueOnFailure: draft.continueOnFailure,
  yields: draft.yields,
  pausedTasks: draft.pausedTasks,
  dryRunTasks: draft.dryRunTasks,
  futureDue: draft.futureDue,
  parameters: parametersOf(draft.parameters),
  ...(draft.resourceGroup.trim() ? { resourceGroup: draft.resourceGroup.trim() } : {}),
  ...(draft.priority ? { priority: draft.priority } : {}),
  ...(draft.hoursFrom || draft.hoursTo
    ? { runWindow: { from: draft.hoursFrom, to: draft.hoursTo, weekends: draft.weekends } }
    : {}),
  when: whenOf(draft),
});

const whenOf = ({ when, at, dailyAt }: BackfillDraft): z.input<typeof BackfillSpec>['when'] => {
  if (when === 'at') return { kind: 'at', at: at ?? '' };
  if (when === 'periodic') return { kind: 'periodic', schedule: { every: 'day', at: dailyAt } };
  return { kind: when };
};

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** One `name=value` a line; the value may contain "=". */
const parametersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [name = '', ...value] = line.split('=');
        return [name.trim(), value.join('=').trim()];
      }),
  );
