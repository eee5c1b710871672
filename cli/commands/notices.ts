import type { Command } from 'commander';
import { count, instant } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Filters = {
  readonly env?: 'prod' | 'dev';
  readonly rule?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly workflow?: string;
  readonly recipient?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
};

const pageSize = 200;

/** `nightshift notices`: what was told to whom, and what became of it. */
export const addNotices = (program: Command): void => {
  const parent = program
    .command('notices')
    .description('messages that were issued: list, show, send again');

  runs(
    parent
      .command('list')
      .description(
        'notices of a project, newest first; those of the last week unless told otherwise',
      )
      .argument('<project>')
      .option('--env <env>')
      .option('--rule <name>', 'name of the rule')
      .option('--kind <kinds>', 'what they tell of, for example run-failed,recovered')
      .option('--status <statuses>', 'for example FAILED,UNCONFIRMED')
      .option('--workflow <workflow>')
      .option('--recipient <text>', 'part of the name or address of a receiver')
      .option('--from <instant>', 'default: 7 days back', instant)
      .option('--to <instant>', 'default: now', instant)
      .option('--limit <n>', 'notices', count, 50),
    ['notices list shop', 'notices list shop --status FAILED,UNCONFIRMED --json'],
    async ({ output, client }, { limit, ...filters }: Filters, project: string) => {
      const call = await client();
      const found = await allPages(
        (cursor) =>
          call('listNotices', {
            params: { project },
            query: { ...filters, limit: Math.min(pageSize, limit), cursor },
          }),
        limit,
      );
      output.result(found, () =>
        tableOf(
          ['AT', 'NOTICE', 'RULE', 'KIND', 'COUNT', 'TO', 'STATUS'],
          found.map(({ at, id, rule, kind, count: told, recipients, status }) => [
            at,
            id,
            rule.name,
            kind,
            told,
            recipients,
            status,
          ]),
        ),
      );
      if (found.length === limit) output.note('there may be more; raise --limit');
      return undefined;
    },
  );

  runs(
    parent
      .command('show')
      .description('a notice, and what became of it at each receiver')
      .argument('<project>')
      .argument('<notice>'),
    ["notices show shop 'run-failed#…'"],
    async ({ output, client }, _options: object, project: string, notice: string) => {
      const call = await client();
      const detail = await call('getNotice', { params: { project, notice } });
      output.result(detail, () =>
        [
          `${detail.notice.at}  ${detail.notice.kind}  ${detail.notice.status}  rule ${detail.notice.rule.name}`,
          ...(detail.notice.why === undefined ? [] : [detail.notice.why]),
          tableOf(
            ['CHANNEL', 'TO', 'STATUS', 'TRIES', 'SENT', 'WHY'],
            detail.deliveries.map(({ channel, to, status, attempts, sentAt, error }) => [
              channel,
              to,
              status,
              attempts,
              sentAt,
              error,
            ]),
          ),
          ...(detail.contents ?? []).map(({ content }) => `\n${content.subject}\n${content.text}`),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('resend')
      .description('send what failed or is unconfirmed once more; three times at most')
      .argument('<project>')
      .argument('<notice>')
      .option('--comment <text>', 'why; kept in the operation log'),
    ["notices resend shop 'run-failed#…' --comment 'the mailbox is mended'"],
    async (
      { output, client },
      { comment }: { readonly comment?: string },
      project: string,
      notice: string,
    ) => {
      const call = await client();
      const again = await call('resendNotice', { params: { project, notice }, body: { comment } });
      output.result(again, () => `${again.id} goes to ${again.recipients}`);
      return undefined;
    },
  );
};
