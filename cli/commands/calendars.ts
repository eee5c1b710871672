import { type Command, Option } from 'commander';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { isCalendarDay } from '../../shared/domain/calendar/is-calendar-day.ts';
import { readDays } from '../../shared/domain/calendar/read-days.ts';
import { setDay } from '../../shared/domain/calendar/set-day.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { count, day } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { readText } from '../read-document.ts';
import { runs } from '../run-command.ts';

type Kind = 'holiday' | 'working';

/** `nightshift calendars`. */
export const addCalendars = (program: Command): void => {
  const parent = program
    .command('calendars')
    .description('calendars of working days: list, create, change, import, where used, remove');

  runs(
    parent.command('ls').description('all calendars'),
    ['calendars ls', 'calendars ls --json'],
    async ({ output, client }) => {
      const { items } = await (await client())('listCalendars', {});
      output.result(items, () =>
        tableOf(
          ['CALENDAR', 'WEEK', 'HOLIDAYS', 'EXTRA DAYS'],
          items.map(({ name, weekdays, holidays, extraDays }) => [
            name,
            weekdays.join(' '),
            holidays.length,
            extraDays.length,
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('show')
      .description('which days are working days, from a day on')
      .argument('<calendar>')
      .requiredOption('--from <day>', 'first day', day)
      .option('--days <count>', 'how many days; default: 31', count),
    ['calendars show office --from 2026-12-01'],
    async (
      { output, client },
      { from, days = 31 }: { readonly from: string; readonly days?: number },
      name: string,
    ) => {
      const calendar = await find(await client(), name);
      const list = Array.from({ length: days }, (_, n) => {
        const each = plusDays(from, n);
        return { day: each, working: isCalendarDay(calendar, each) };
      });
      output.result(list, () =>
        list.map(({ day: each, working }) => `${each}  ${working ? 'working' : 'off'}`).join('\n'),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('create')
      .description('add a calendar: Monday to Friday, no holidays')
      .argument('<calendar>')
      .option('--description <text>'),
    ['calendars create office --description "Working days in Berlin"'],
    async (
      { output, client },
      { description }: { readonly description?: string },
      name: string,
    ) => {
      const call = await client();
      const body = { name, kind: 'workdays' as const, description };
      const calendar = await call('createCalendar', { body });
      output.result(calendar, () => `${calendar.name} is created`);
      return undefined;
    },
  );

  runs(
    parent
      .command('import')
      .description('set the days of a list, one or several a line, from a file or from stdin')
      .argument('<calendar>')
      .argument('<file>', '`-` for stdin')
      .addOption(
        new Option('--as <kind>', 'days off, or working days outside the week')
          .choices(['holiday', 'working'])
          .default('holiday'),
      ),
    [
      'calendars import office holidays-2027.txt',
      'calendars import office --as working - < days.txt',
    ],
    async ({ output, client }, { as }: { readonly as: Kind }, name: string, file: string) => {
      const { days, wrong } = readDays(await readText(file));
      if (wrong.length > 0)
        throw new CliError(
          'usage',
          'invalid-input',
          `no days: ${wrong.map((each) => `line ${each.line} "${each.text}"`).join(', ')}`,
        );
      const call = await client();
      const { rev, name: _name, ...before } = await find(call, name);
      const body = days.reduce((each, one) => setDay(each, one, as === 'working'), before);
      const saved = await call('updateCalendar', { params: { name }, body, ifMatch: rev });
      output.result(saved, () => `${saved.name}: ${days.length} days set`);
      return undefined;
    },
  );

  runs(
    parent.command('use').description('the tasks that name a calendar').argument('<calendar>'),
    ['calendars use office'],
    async ({ output, client }, _options: object, name: string) => {
      const use = await (await client())('getCalendarUse', { params: { name } });
      output.result(use, () =>
        [
          ...use.items.flatMap(({ project, workflow, tasks }) =>
            tasks.map((task) => `${project}/${workflow}/${task}`),
          ),
          ...(use.hidden > 0 ? [`and ${use.hidden} workflows that you may not see`] : []),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    parent.command('rm').description('remove a calendar that no task names').argument('<calendar>'),
    ['calendars rm office'],
    async ({ output, client }, _options: object, name: string) => {
      const call = await client();
      const { rev } = await find(call, name);
      const done = await call('deleteCalendar', { params: { name }, ifMatch: rev });
      output.result(done, () => `${name} is removed`);
      return undefined;
    },
  );
};

const find = async (call: Client, name: string) => {
  const { items } = await call('listCalendars', {});
  const calendar = items.find((each) => each.name === name);
  if (!calendar)
    throw new CliError('notFound', 'calendar-not-found', `there is no calendar ${name}`);
  return calendar;
};
