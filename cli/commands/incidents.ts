import { type Command, Option } from 'commander';
import type { IncidentStep } from '../../shared/contracts/api/incident-routes.ts';
import { instant, wholeNumber } from '../arguments.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type List = {
  readonly env: 'prod' | 'dev';
  readonly project?: string;
  readonly over?: boolean;
  readonly worst?: boolean;
  readonly limit?: number;
};
type Comment = { readonly comment?: string };

/** `nightshift incidents`. */
export const addIncidents = (program: Command): void => {
  const parent = program
    .command('incidents')
    .description('failures with one cause: list, show, acknowledge, snooze, close');

  runs(
    env(
      parent
        .command('ls')
        .alias('list')
        .description('incidents that are not over, the newest first')
        .option('--project <project>')
        .option('--over', 'also those that are over, of the last 31 days')
        .addOption(new Option('--worst', 'the worst first').conflicts('over'))
        .option('--limit <n>', 'default 25', wholeNumber),
    ),
    ['incidents ls', 'incidents ls --project shop --worst'],
    async ({ output, client }, { env, project, over, worst, limit }: List) => {
      const call = await client();
      const { items, cursor } = await call('listIncidents', {
        query: {
          ...{ env, project, limit },
          ...(over ? { status: 'OPEN,ACKNOWLEDGED,SNOOZED,RECOVERED,CLOSED' } : {}),
          ...(worst ? { order: 'worst' as const } : {}),
        },
      });
      output.result(items, () =>
        [
          tableOf(
            ['INCIDENT', 'STATUS', 'OPEN', 'FAILED', 'SINCE', 'CAUSE'],
            items.map(({ id, status, open, failures, openedAt, cause }) => [
              ...[id, status, open, failures, openedAt],
              cause.kind === 'upstream' ? `upstream ${cause.instance}` : (cause.error ?? ''),
            ]),
          ),
          ...(cursor ? ['there are more; raise --limit'] : []),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('show')
      .description('cause, failures, what was done and whom it was told to')
      .argument('<incident>'),
    ['incidents show prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456'],
    async ({ output, client }, _: object, incident: string) => {
      const call = await client();
      const told = await call('getIncident', { params: { incident } });
      output.result(told, () =>
        [
          `${told.status}: ${told.open} of ${told.failures} still failed, since ${told.openedAt}`,
          `cause: ${told.cause.kind} ${told.cause.instance ?? ''} ${told.cause.error ?? ''}`,
          ...(told.lastFix
            ? [`last time: ${told.lastFix.move} by ${told.lastFix.actor}, ${told.lastFix.at}`]
            : []),
          ...told.members.map(
            ({ instance, recoveredAt }) => `  ${instance}${recoveredAt ? '  (recovered)' : ''}`,
          ),
          ...(told.moreMembers ? ['  …'] : []),
          ...told.steps.map(stepText),
        ].join('\n'),
      );
      return undefined;
    },
  );

  for (const [name, route, text] of [
    ['ack', 'acknowledgeIncident', 'you take care of it: no reminders, no escalation'],
    ['unsnooze', 'unsnoozeIncident', 'tell of it again'],
    ['close', 'closeIncident', 'end it although not everything has succeeded'],
  ] as const)
    runs(
      parent
        .command(name)
        .description(text)
        .argument('<incident>')
        .option('--comment <text>', 'why; kept in the operation log'),
      [`incidents ${name} prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456`],
      async ({ output, client }, { comment }: Comment, incident: string) => {
        const call = await client();
        const changed = await call(route, { params: { incident }, body: { comment } });
        output.result(changed, () => `${incident}: ${changed.status}`);
        return undefined;
      },
    );

  runs(
    parent
      .command('snooze')
      .description('no messages about it until then')
      .argument('<incident>')
      .requiredOption('--until <instant>', 'at most 30 days ahead', instant)
      .option('--comment <text>', 'why; kept in the operation log'),
    [
      'incidents snooze prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456 --until 2026-11-20T08:00:00Z',
    ],
    async (
      { output, client },
      { until, comment }: Comment & { readonly until: string },
      incident: string,
    ) => {
      const call = await client();
      const changed = await call('snoozeIncident', {
        params: { incident },
        body: { until, comment },
      });
      output.result(changed, () => `${incident}: ${changed.status} until ${changed.snoozedUntil}`);
      return undefined;
    },
  );

  runs(
    parent
      .command('note')
      .description('write down what you found')
      .argument('<incident>')
      .argument('<text>'),
    ['incidents note prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456 "the vendor is down"'],
    async ({ output, client }, _: object, incident: string, text: string) => {
      const call = await client();
      const step = await call('noteIncident', { params: { incident }, body: { text } });
      output.result(step, () => `noted at ${step.at}`);
      return undefined;
    },
  );
};

const stepText = ({ at, kind, by, text, until, reason, recipients }: IncidentStep): string =>
  [
    ...[at, kind, reason],
    ...(by ? [`by ${by}`] : []),
    ...(until ? [`until ${until}`] : []),
    ...(recipients?.length ? [`to ${recipients.join(', ')}`] : []),
    text,
  ]
    .filter((part) => part !== undefined)
    .join('  ');
