import type { DutySchedule } from '../../../../shared/domain/duty/duty-schedule.schema.ts';

/** A schedule as it is typed. */
export type DutyDraft = {
  readonly name: string;
  readonly title: string;
  readonly zone: string;
  readonly turns: string;
  readonly count: string;
  readonly unit: DutySchedule['every']['unit'];
  readonly startsOn: string;
  readonly handOverAt: string;
  readonly hours: string;
  readonly outside: string;
  readonly swaps: string;
};

export const dutyDraftOf = (
  schedule: DutySchedule | undefined,
  today: string,
  zone: string,
): DutyDraft => ({
  name: schedule?.name ?? '',
  title: schedule?.title ?? '',
  zone: schedule?.zone ?? zone,
  turns: (schedule?.turns ?? [])
    .map(({ primary, backup, others }) =>
      [primary, backup ?? (others.length > 0 ? '-' : undefined), ...others]
        .filter((name) => name !== undefined)
        .join(', '),
    )
    .join('\n'),
  count: String(schedule?.every.count ?? 1),
  unit: schedule?.every.unit ?? 'week',
  startsOn: schedule?.startsOn ?? today,
  handOverAt: schedule?.handOverAt ?? '09:00',
  hours: schedule?.hours ? `${schedule.hours.from}–${schedule.hours.to}` : '',
  outside:
    schedule?.outside === undefined
      ? ''
      : schedule.outside.kind === 'owner'
        ? 'owner'
        : `contact:${schedule.outside.name}`,
  swaps: (schedule?.swaps ?? []).map(({ date, primary }) => `${date} ${primary}`).join('\n'),
});

/** What is sent; the schema says what is wrong with it. */
export const dutyOfDraft = (draft: DutyDraft): Record<keyof DutySchedule, unknown> => {
  const [from, to] = draft.hours.split(/[–-]/).map((part) => part.trim());
  return {
    name: draft.name,
    title: draft.title,
    zone: draft.zone,
    turns: linesOf(draft.turns).map((line) => {
      const [primary, backup, ...others] = line.split(',').map((name) => name.trim());
      return { primary, backup: backup && backup !== '-' ? backup : undefined, others };
    }),
    every: { unit: draft.unit, count: draft.count === '' ? Number.NaN : Number(draft.count) },
    startsOn: draft.startsOn,
    handOverAt: draft.handOverAt,
    hours: draft.hours.trim() === '' ? undefined : { from, to },
    outside:
      draft.outside === ''
        ? undefined
        : draft.outside === 'owner'
          ? { kind: 'owner' }
          : { kind: 'contact', name: draft.outside.slice('contact:'.length) },
    swaps: linesOf(draft.swaps).map((line) => {
      const [date, primary] = line.split(/\s+/);
      return { date, primary };
    }),
  };
};

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
