import type * as z from 'zod';
import type { ThrottleRuleView } from '../../../../shared/contracts/api/pool-routes.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { ThrottleRule } from '../../../../shared/domain/pool/pool.schema.ts';
import type { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';

export type RuleRow = z.infer<typeof ThrottleRuleView>;

/** A window while it is typed. */
export type WindowDraft = {
  readonly days: RuleRow['windows'][number]['days'];
  readonly from: string;
  readonly to: string;
  readonly maxConcurrency: string;
};

/** A throttling rule while it is typed: numbers and lists are texts. */
export const ruleDraftOf = (rule: RuleRow | undefined) => ({
  name: rule?.name ?? '',
  description: rule?.description ?? '',
  enabled: rule?.enabled ?? true,
  env: rule?.env ?? ('' as Env | ''),
  maxConcurrency: String(rule?.maxConcurrency ?? 1),
  projects: rule?.scope.projects?.join(', ') ?? '',
  workflows: rule?.scope.workflows?.join(', ') ?? '',
  tasks: rule?.scope.tasks?.join(', ') ?? '',
  resourceGroups: rule?.scope.resourceGroups?.join(', ') ?? '',
  kinds: rule?.scope.kinds ?? [],
  byName: rule?.scope.byName ?? false,
  families: rule?.families ?? [],
  upTo: rule?.upTo ?? ('' as Priority | ''),
  zone: rule?.zone ?? 'UTC',
  windows: (rule?.windows ?? []).map(
    (window): WindowDraft => ({ ...window, maxConcurrency: String(window.maxConcurrency) }),
  ),
});
export type RuleDraft = ReturnType<typeof ruleDraftOf>;

/** What the draft says, for the schema to judge. */
export const ruleOfDraft = (draft: RuleDraft): Partial<z.input<typeof ThrottleRule>> => ({
  name: draft.name.trim(),
  description: draft.description || undefined,
  enabled: draft.enabled,
  env: draft.env || undefined,
  maxConcurrency: draft.maxConcurrency === '' ? undefined : Number(draft.maxConcurrency),
  scope: {
    projects: listIn(draft.projects),
    workflows: listIn(draft.workflows),
    tasks: listIn(draft.tasks),
    resourceGroups: listIn(draft.resourceGroups),
    kinds: draft.kinds.length > 0 ? draft.kinds : undefined,
    byName: draft.byName || undefined,
  },
  families: draft.families.length > 0 ? draft.families : undefined,
  upTo: draft.upTo || undefined,
  zone: draft.zone.trim(),
  windows: draft.windows.map(({ maxConcurrency, ...window }) => ({
    ...window,
    days: [...window.days],
    maxConcurrency: maxConcurrency === '' ? Number.NaN : Number(maxConcurrency),
  })),
});

const listIn = (text: string): string[] | undefined => {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length > 0 ? items : undefined;
};
