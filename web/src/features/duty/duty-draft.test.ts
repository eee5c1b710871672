import { describe, expect, it } from 'vitest';
import { DutySchedule } from '../../../../shared/domain/duty/duty-schedule.schema.ts';
import { dutyDraftOf, dutyOfDraft } from './duty-draft.ts';

const schedule = DutySchedule.parse({
  ...{ name: 'night', title: 'Night shift', zone: 'Europe/Berlin', startsOn: '2026-11-02' },
  turns: [
    { primary: 'ann', backup: 'bob' },
    { primary: 'bob', others: ['cleo', 'dan'] },
  ],
  every: { unit: 'week', count: 1 },
  hours: { from: '20:00', to: '06:00' },
  outside: { kind: 'contact', name: 'desk' },
  swaps: [{ date: '2026-12-24', primary: 'dan' }],
});

describe('the form of an on-duty schedule', () => {
  it('gives back the schedule that it was opened with', () => {
    const draft = dutyDraftOf(schedule, '2026-11-19', 'UTC');
    expect(draft.turns).toBe('ann, bob\nbob, -, cleo, dan');
    expect(DutySchedule.parse(dutyOfDraft(draft))).toEqual(schedule);
  });

  it('says what is wrong with what was typed, field by field', () => {
    const draft = { ...dutyDraftOf(undefined, '2026-11-19', 'UTC'), count: '', hours: '20:00' };
    const paths = DutySchedule.safeParse(dutyOfDraft(draft)).error?.issues.map(({ path }) =>
      path.join('.'),
    );
    expect(paths).toEqual(
      expect.arrayContaining(['name', 'title', 'turns', 'every.count', 'hours.to']),
    );
  });
});
