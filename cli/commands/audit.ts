import type { Command } from 'commander';
import { count, instant } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Filters = {
  readonly project?: string;
  readonly object?: string;
  readonly text?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly env?: 'prod' | 'dev';
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
};

/** Entries of a page. */
const pageSize = 200;

/** `nightshift audit`. */
export const addAudit = (program: Command): void => {
  runs(
    program
      .command('audit')
      .description('the operation log, newest first: who did what to which object, and why')
      .option('--project <project>', '"system" for what belongs to no project')
      .option('--object <object>', 'exactly this one, for example task:shop/daily_sales/load')
      .option('--text <text>', 'part of the name of the object')
      .option('--actor <user>')
      .option('--action <action>')
      .option('--env <env>')
      .option('--from <instant>', 'default: 31 days back', instant)
      .option('--to <instant>', 'default: now', instant)
      .option('--limit <n>', 'entries', count, 50),
    ['audit --project shop', 'audit --object task:shop/daily_sales/load --json'],
    async ({ output, client }, { limit, ...filters }: Filters) => {
      const call = await client();
      const found = await allPages(
        (cursor) =>
          call('searchAudit', {
            query: { ...filters, limit: Math.min(pageSize, limit), cursor },
          }),
        limit,
      );
      output.result(found, () =>
        tableOf(
          ['AT', 'ACTOR', 'ACTION', 'OBJECT', 'COMMENT'],
          found.map(({ at, actor, action, object, reason }) => [at, actor, action, object, reason]),
        ),
      );
      if (found.length === limit) output.note('there may be more; raise --limit');
      return undefined;
    },
  );
};
