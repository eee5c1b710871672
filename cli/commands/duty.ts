import type { Command } from 'commander';
import { day, instant } from '../arguments.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

/** `nightshift duty`: on-duty schedules. */
export const addDuty = (program: Command): void => {
  const parent = program.command('duty').description('on-duty schedules: list, who, calendar');

  runs(
    parent
      .command('ls')
      .description('schedules by name')
      .option('--text <text>', 'part of a name, title or person'),
    ['duty ls', 'duty ls --text ann --json'],
    async ({ output, client }, { text }: { readonly text?: string }) => {
      const call = await client();
      const { items } = await call('listDutySchedules', { query: { text } });
      output.result(items, () =>
        tableOf(
          ['SCHEDULE', 'TITLE', 'EVERY', 'ZONE', 'TURNS'],
          items.map(({ name, title, every, zone, turns }) => [
            ...[name, title, `${every.count} ${every.unit}`, zone],
            turns.map(({ primary }) => primary).join(', '),
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('who')
      .description('who is on duty')
      .argument('<schedule>')
      .option('--at <instant>', 'default: now', instant),
    ['duty who night', 'duty who night --at 2026-12-24T20:00:00Z'],
    async ({ output, client }, { at }: { readonly at?: string }, name: string) => {
      const call = await client();
      const duty = await call('whoIsOnDuty', { params: { name }, query: { at } });
      output.result(duty, () => {
        const { within, shift, outside } = duty;
        if (!within)
          return `outside of the hours of ${name}: ${outside?.kind === 'contact' ? outside.name : (outside?.kind ?? 'nobody')}`;
        if (!shift) return `duty of ${name} has not begun`;
        const backup = shift.backup === undefined ? '' : `, backup ${shift.backup}`;
        return `${[shift.primary, ...shift.others].join(', ')}${backup} until ${shift.to}`;
      });
      return undefined;
    },
  );

  runs(
    parent
      .command('calendar')
      .description('shifts of some days')
      .argument('<schedule>')
      .requiredOption('--from <day>', 'first day', day)
      .requiredOption('--to <day>', 'last day, at most 92 in all', day),
    ['duty calendar night --from 2026-12-01 --to 2026-12-31'],
    async (
      { output, client },
      query: { readonly from: string; readonly to: string },
      name: string,
    ) => {
      const call = await client();
      const { shifts } = await call('previewDuty', { params: { name }, query });
      output.result(shifts, () =>
        tableOf(
          ['FROM', 'TO', 'PRIMARY', 'BACKUP', 'OTHERS', 'STANDS IN'],
          shifts.map(({ from, to, primary, backup, others, swapped }) => [
            ...[from, to, primary, backup, others.join(', '), swapped ? 'yes' : ''],
          ]),
        ),
      );
      return undefined;
    },
  );
};
