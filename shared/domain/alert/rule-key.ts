import type { RuleRef } from '../notice/occurrence.schema.ts';

/** A rule as part of keys and ids: whatever its revision is. */
export const ruleKeyOf = ({
  kind,
  project,
  name,
}: Pick<RuleRef, 'kind' | 'project' | 'name'>): string => `${kind}#${project}#${name}`;
