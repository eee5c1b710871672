import type { DutySchedule } from './duty-schedule.schema.ts';

/** Names of all contacts that a schedule may ever point to, each once. */
export const peopleOf = ({
  turns,
  swaps,
  outside,
}: Pick<DutySchedule, 'turns' | 'swaps' | 'outside'>): readonly string[] => [
  ...new Set([
    ...turns.flatMap(({ primary, backup, others }) => [
      primary,
      ...(backup === undefined ? [] : [backup]),
      ...others,
    ]),
    ...swaps.map(({ primary }) => primary),
    ...(outside?.kind === 'contact' ? [outside.name] : []),
  ]),
];
