import { type Command, Option } from 'commander';
import { instant, wholeNumber } from '../arguments.ts';
import { batchText } from '../batch-text.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type List = {
  readonly env: 'prod' | 'dev';
  readonly project?: string;
  readonly receiver?: 'me' | 'owner' | 'duty' | 'contact' | 'room';
  readonly status?: string;
  readonly limit?: number;
};
type Comment = { readonly comment?: string };

/** `nightshift alerts`. */
export const addAlerts = (program: Command): void => {
  const parent = program
    .command('alerts')
    .description('the alert center: list what alert rules saw, acknowledge, silence, finish');

  runs(
    env(
      parent
        .command('ls')
        .alias('list')
        .description('alert events of the last month, the newest first')
        .option('--project <project>')
        .addOption(
          new Option('--receiver <whom>', 'told to you, or to somebody as such').choices([
            'me',
            'owner',
            'duty',
            'contact',
            'room',
          ]),
        )
        .option('--status <list>', 'ALERTING, SILENCING, DO_NOT_DISTURB, FINISH')
        .option('--limit <n>', 'default 25', wholeNumber),
    ),
    ['alerts ls', 'alerts ls --receiver me --status ALERTING,SILENCING'],
    async ({ output, client }, { env, project, receiver, status, limit }: List) => {
      const call = await client();
      const { items, searchedTo } = await call('listAlertEvents', {
        query: { env, project, receiver, status, limit },
      });
      output.result(items, () =>
        [
          tableOf(
            ['ALERT', 'STATUS', 'SEVERITY', 'RULE', 'OBJECT', 'COUNT', 'LATEST'],
            items.map((each) => [
              ...[each.id, each.status, each.severity, each.ruleName],
              ...[each.object, each.count, each.latestAt],
            ]),
          ),
          ...(searchedTo ? [`searched back to ${searchedTo}; raise --limit`] : []),
        ].join('\n'),
      );
      return undefined;
    },
  );

  for (const [name, route, text] of [
    ['ack', 'acknowledgeAlerts', 'you handle them: no reminders'],
    ['finish', 'finishAlerts', 'they are over, whatever their objects do'],
  ] as const)
    runs(
      parent
        .command(name)
        .description(text)
        .argument('<alerts...>', 'at most 100')
        .option('--comment <text>', 'why; kept in the operation log'),
      [`alerts ${name} prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456`],
      async ({ output, client }, { comment }: Comment, ids: string[]) => {
        const call = await client();
        const result = await call(route, { body: { ids, comment } });
        output.result(result, () => batchText(result));
        return undefined;
      },
    );

  runs(
    parent
      .command('quiet')
      .description('do not disturb: no messages about them for the rest of the day or until then')
      .argument('<alerts...>', 'at most 100')
      .option('--until <instant>', 'at most 30 days ahead', instant)
      .option('--comment <text>', 'why; kept in the operation log'),
    ['alerts quiet prod~shop~2026-11-20T02:00:00.000Z~0abc1230def456'],
    async (
      { output, client },
      { until, comment }: Comment & { readonly until?: string },
      ids: string[],
    ) => {
      const call = await client();
      const result = await call('quietAlerts', { body: { ids, until, comment } });
      output.result(result, () => batchText(result));
      return undefined;
    },
  );
};
