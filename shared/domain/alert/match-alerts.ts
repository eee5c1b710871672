import type { Family } from '../instance/instance.schema.ts';
import type { RuleRef } from '../notice/occurrence.schema.ts';
import type { AlertCondition, AlertRule } from './alert-rule.schema.ts';
import { ruleWatches, type Watched } from './rule-watches.ts';

/** An alert rule as it is stored. */
export type RevisedAlertRule = AlertRule & { readonly rev: number };

type On = AlertCondition['on'];

/**
 * The rules of a condition that count for an instance: switched on, about its task, and about its kind of run (N82). Where
 * a rule of tasks counts, those of the project do not (nodes-and-instances 7.2, overlap).
 */
export const alertRulesFor = (
  on: On,
  instance: Watched & { readonly family: Family },
  rules: readonly RevisedAlertRule[],
): readonly RevisedAlertRule[] => {
  const found = rules.filter(
    (rule) =>
      rule.enabled &&
      rule.condition.on === on &&
      (instance.family === 'recurring' || rule.otherRuns) &&
      ruleWatches(rule, instance),
  );
  const own = found.filter(({ scope }) => scope.level === 'task');
  return own.length > 0 ? own : found;
};

/** How an occurrence names the rule. */
export const alertRef = ({ project, id, name, rev }: RevisedAlertRule): RuleRef => ({
  kind: 'alert',
  project,
  name: id,
  title: name,
  rev,
});
