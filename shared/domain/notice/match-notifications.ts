import type { Family } from '../instance/instance.schema.ts';
import { inSphere } from './in-sphere.ts';
import type { NotificationItem, NotificationRule } from './notification-rule.schema.ts';
import type { OccurrenceKind, RuleRef } from './occurrence.schema.ts';

/** What a notification may be about, and its workflow as it is now. */
export type Told = {
  readonly kind: OccurrenceKind;
  readonly family: Family;
  readonly workflow: string;
  readonly tags: readonly string[];
};

type Rule = NotificationRule & { readonly rev: number };

const itemOf: Readonly<Partial<Record<OccurrenceKind, NotificationItem>>> = {
  'run-failed': 'failed',
  'run-started': 'started',
  'run-succeeded': 'succeeded',
};

/** The active notifications that want to tell of it: their item, their sphere (W37), and the kind of run (N82). */
export const matchNotifications = (
  { kind, family, workflow, tags }: Told,
  rules: readonly Rule[],
): readonly RuleRef[] =>
  rules
    .filter(
      (rule) =>
        rule.enabled &&
        wantsKind(rule, kind) &&
        (family === 'recurring' || rule.otherRuns) &&
        inSphere(rule.sphere, { workflow, tags }),
    )
    .map(({ project, id, name, rev }) => ({
      kind: 'notification',
      project,
      name: id,
      title: name,
      rev,
    }));

/** A failure that is tried again is told of where a rule wants every attempt. */
const wantsKind = ({ items, everyAttempt }: Rule, kind: OccurrenceKind): boolean => {
  if (kind === 'auto-retried') return everyAttempt && items.includes('failed');
  const item = itemOf[kind];
  return item !== undefined && items.includes(item);
};
