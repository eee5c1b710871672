import type { AlertRuleView } from '../../../../shared/contracts/api/alert-rule-routes.ts';
import type {
  AlertCondition,
  AlertScope,
  AlertWishes,
  Severity,
} from '../../../../shared/domain/alert/alert-rule.schema.ts';
import type { ChannelKind } from '../../../../shared/domain/notice/channel.schema.ts';
import type { Receiver } from '../../../../shared/domain/notice/receivers.schema.ts';
import { listOfText } from './list-of-text.ts';

/** A condition as it is typed. */
export type ConditionDraft = {
  readonly on: AlertCondition['on'];
  readonly minutes: string;
  readonly by: string;
  readonly byCycle: string;
  readonly text: string;
  readonly number: string;
};

/** A rule as it is typed: numbers and lists are texts until it is saved. */
export type AlertDraft = {
  readonly name: string;
  readonly level: AlertScope['level'];
  readonly tasks: string;
  readonly kinds: readonly string[];
  readonly whitelist: string;
  readonly conditions: readonly ConditionDraft[];
  readonly severity: Severity;
  readonly channels: readonly ChannelKind[];
  readonly receivers: readonly Receiver[];
  readonly frequencyMinutes: string;
  readonly maxSends: string;
  readonly from: string;
  readonly to: string;
  readonly escalateAfter: string;
  readonly escalateTo: readonly Receiver[];
  readonly otherRuns: boolean;
  readonly enabled: boolean;
  readonly resendUnconfirmed: boolean;
};

export const newCondition = (on: AlertCondition['on'] = 'error'): ConditionDraft => ({
  ...{ on, minutes: '60', by: '08:00', byCycle: '', text: '', number: '10' },
});

export const alertDraftOf = (rule: AlertRuleView | undefined): AlertDraft => ({
  name: rule?.name ?? '',
  level: rule?.scope.level ?? 'task',
  tasks:
    rule?.scope.level === 'task'
      ? rule.scope.tasks.map(({ workflow, task }) => `${workflow}/${task}`).join(', ')
      : '',
  kinds: rule?.scope.level === 'project' ? (rule.scope.kinds ?? []) : [],
  whitelist: (rule?.whitelist ?? [])
    .map(({ workflow, task }) => (task ? `${workflow}/${task}` : workflow))
    .join(', '),
  conditions: [rule ? conditionDraftOf(rule.condition) : newCondition()],
  severity: rule?.severity ?? 'warning',
  channels: rule?.channels ?? ['mail'],
  receivers: rule?.receivers ?? [{ kind: 'owner' }],
  frequencyMinutes: String(rule?.frequencyMinutes ?? 30),
  maxSends: String(rule?.maxSends ?? 3),
  from: rule?.effective?.from ?? '',
  to: rule?.effective?.to ?? '',
  escalateAfter: rule?.escalation ? String(rule.escalation.afterMinutes) : '',
  escalateTo: rule?.escalation?.receivers ?? [],
  otherRuns: rule?.otherRuns ?? false,
  enabled: rule?.enabled ?? true,
  resendUnconfirmed: rule?.resendUnconfirmed ?? false,
});

/** What is sent; the schema says what is wrong with it. */
export const wishesOfDraft = (draft: AlertDraft): Record<keyof AlertWishes, unknown> => ({
  name: draft.name,
  scope:
    draft.level === 'task'
      ? { level: 'task', tasks: listOfText(draft.tasks).map(taskOf) }
      : { level: 'project', ...(draft.kinds.length > 0 && { kinds: draft.kinds }) },
  whitelist: draft.level === 'project' ? listOfText(draft.whitelist).map(taskOf) : [],
  conditions: draft.conditions.map(conditionOf),
  severity: draft.severity,
  channels: draft.channels,
  receivers: draft.receivers,
  frequencyMinutes: numberOf(draft.frequencyMinutes),
  maxSends: numberOf(draft.maxSends),
  effective: draft.from || draft.to ? { from: draft.from, to: draft.to } : undefined,
  escalation: draft.escalateAfter
    ? { afterMinutes: numberOf(draft.escalateAfter), receivers: draft.escalateTo }
    : undefined,
  otherRuns: draft.otherRuns,
  enabled: draft.enabled,
  resendUnconfirmed: draft.resendUnconfirmed,
});

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const taskOf = (text: string) => {
  const [workflow, task] = text.split('/');
  return { workflow, ...(task !== undefined && { task }) };
};

const conditionOf = ({ on, minutes, by, byCycle, text, number }: ConditionDraft) => {
  switch (on) {
    case 'timeout':
      return { on, minutes: numberOf(minutes) };
    case 'not-completed': {
      const cycles = listOfText(byCycle).map((part) => part.split('=').map((each) => each.trim()));
      return cycles.length > 0 ? { on, byCycle: Object.fromEntries(cycles) } : { on, by };
    }
    case 'not-started':
      return { on, by };
    case 'log-keyword':
      return { on, text };
    case 'failed-count':
      return { on, atLeast: numberOf(number) };
    case 'failed-share':
      return { on, percent: numberOf(number) };
    default:
      return { on };
  }
};

const conditionDraftOf = (condition: AlertCondition): ConditionDraft => {
  const draft = newCondition(condition.on);
  switch (condition.on) {
    case 'timeout':
      return { ...draft, minutes: String(condition.minutes) };
    case 'not-completed':
      return {
        ...draft,
        by: condition.by ?? '',
        byCycle: Object.entries(condition.byCycle ?? {})
          .map(([cycle, time]) => `${cycle}=${time}`)
          .join(', '),
      };
    case 'not-started':
      return { ...draft, by: condition.by };
    case 'log-keyword':
      return { ...draft, text: condition.text };
    case 'failed-count':
      return { ...draft, number: String(condition.atLeast) };
    case 'failed-share':
      return { ...draft, number: String(condition.percent) };
    default:
      return draft;
  }
};
