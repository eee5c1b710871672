import { describe, expect, it } from 'vitest';
import { AlertRule, AlertWishes } from '../../../../shared/domain/alert/alert-rule.schema.ts';
import { alertDraftOf, newCondition, wishesOfDraft } from './alert-draft.ts';

const rule = {
  ...AlertRule.parse({
    ...{ id: 'r1', project: 'shop', name: 'late', createdBy: 'ann' },
    ...{ createdAt: '2026-11-19T09:00:00.000Z', updatedAt: '2026-11-19T09:00:00.000Z' },
    scope: { level: 'task', tasks: [{ workflow: 'daily', task: 'load' }] },
    condition: { on: 'not-completed', byCycle: { 1: '06:00', 2: '30:15' } },
    channels: ['mail'],
    receivers: [{ kind: 'owner' }],
    effective: { from: '08:00', to: '20:00' },
    escalation: { afterMinutes: 30, receivers: [{ kind: 'duty', name: 'night' }] },
  }),
  rev: 4,
};

describe('the form of an alert rule', () => {
  it('gives back the rule that it was opened with', () => {
    const parsed = AlertWishes.parse(wishesOfDraft(alertDraftOf(rule)));
    expect(parsed.conditions).toEqual([rule.condition]);
    expect(parsed).toMatchObject({
      ...{ name: rule.name, scope: rule.scope, effective: rule.effective },
      escalation: rule.escalation,
    });
  });

  it('names the fields of what is typed wrongly, all of them', () => {
    const draft = {
      ...alertDraftOf(undefined),
      ...{ tasks: 'daily', maxSends: '', receivers: [] },
      conditions: [{ ...newCondition('timeout'), minutes: 'soon' }],
    };
    const paths = AlertWishes.safeParse(wishesOfDraft(draft)).error?.issues.map(({ path }) =>
      path.join('.'),
    );
    expect(paths).toEqual(
      expect.arrayContaining([
        'name',
        'scope.tasks.0.task',
        'conditions.0.minutes',
        'receivers',
        'maxSends',
      ]),
    );
  });

  it('leaves out people whom nobody escalates to, and a time window that is not there', () => {
    const wishes = wishesOfDraft({ ...alertDraftOf(rule), escalateAfter: '', from: '', to: '' });
    expect([wishes.escalation, wishes.effective]).toEqual([undefined, undefined]);
  });
});
