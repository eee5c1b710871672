import type { Instance } from '../instance/instance.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { rankOf } from '../workflow/priority.schema.ts';
import { limitAt, reopensAt } from './limit-at.ts';
import {
  type PoolState,
  type ResourceGroup,
  ThrottledFamily,
  type ThrottleRule,
} from './pool.schema.ts';

/** A pool that limits an instance now, without its counters. */
export type LimitedPool = Omit<PoolState, 'stripes'>;

type Subject = Pick<
  Instance,
  'env' | 'project' | 'workflow' | 'task' | 'kind' | 'family' | 'priority' | 'resourceGroup'
>;

/**
 * The limited pools an instance must pass, throttling rules first and by name (nodes-and-instances 8.1). `joined` are
 * the rules that its task lists under `pools`. A group without a number limits nothing and costs nothing.
 */
export const poolsOf = (
  instance: Subject,
  joined: readonly string[],
  rules: readonly ThrottleRule[],
  groups: readonly ResourceGroup[],
  now: Instant,
): readonly LimitedPool[] => {
  const throttles = rules
    .filter((rule) => applies(rule, instance, joined))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((rule): LimitedPool => {
      const opens = reopensAt(rule, now);
      return {
        id: throttlePoolId(rule.name),
        kind: 'throttle',
        name: rule.name,
        limit: limitAt(rule, now),
        ...(opens && { reopensAt: opens }),
      };
    });
  const group = groups.find(({ name }) => name === instance.resourceGroup);

  return group?.slots === undefined
    ? throttles
    : [
        ...throttles,
        { id: groupPoolId(group.name), kind: 'resource', name: group.name, limit: group.slots },
      ];
};

export const throttlePoolId = (rule: string): string => `throttle:${rule}`;
export const groupPoolId = (group: string): string => `group:${group}`;

const applies = (rule: ThrottleRule, instance: Subject, joined: readonly string[]): boolean => {
  const { scope } = rule;
  const { env, project, workflow, task, kind, family, priority, resourceGroup } = instance;
  const named = (list: readonly string[] | undefined, value: string) =>
    list === undefined || list.includes(value);

  return (
    rule.enabled &&
    named(ThrottledFamily.options, family) &&
    (rule.env === undefined || rule.env === env) &&
    named(scope.projects, project) &&
    named(scope.workflows, `${project}/${workflow}`) &&
    named(scope.tasks, `${project}/${workflow}/${task}`) &&
    named(scope.kinds, kind) &&
    named(scope.resourceGroups, resourceGroup) &&
    (scope.byName !== true || joined.includes(rule.name)) &&
    named(rule.families, family) &&
    (rule.upTo === undefined || rankOf(priority) <= rankOf(rule.upTo))
  );
};
