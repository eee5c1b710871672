import type { Command } from 'commander';
import { count } from '../arguments.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';
import { taskAddress } from './task-address.ts';

type Env = { readonly env: 'prod' | 'dev' };

/** `nightshift tasks show`, `graph` and `log`. */
export const addTaskViews = (parent: Command): void => {
  runs(
    env(
      parent
        .command('show')
        .description('one task with all that is set')
        .argument('<project/workflow/task>'),
    ),
    ['tasks show shop/daily_sales/load --json'],
    async ({ output, client }, query: Env, id: string) => {
      const call = await client();
      const task = await call('getTask', { params: taskAddress(id), query: { env: query.env } });
      output.result(task, () => JSON.stringify(task, null, 2));
      return undefined;
    },
  );

  runs(
    env(
      parent
        .command('graph')
        .description('the tasks around it, across workflows and projects')
        .argument('<project/workflow/task>')
        .option('--up <levels>', '0 to 10 or all', '1')
        .option('--down <levels>', '0 to 10 or all', '1'),
    ),
    ['tasks graph shop/daily_sales/load --up all --down 2'],
    async (
      { output, client },
      { env: of, up, down }: Env & { readonly up: string; readonly down: string },
      id: string,
    ) => {
      const call = await client();
      const graph = await call('getTaskGraph', {
        params: taskAddress(id),
        query: { env: of, up, down },
      });
      output.result(graph, () =>
        tableOf(
          ['LEVEL', 'TASK', 'KIND', 'WAITS FOR'],
          graph.nodes
            .toSorted((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1))
            .map((node) => [
              node.level,
              node.id,
              node.hidden ? '(closed)' : node.kind,
              graph.edges
                .filter(({ to }) => to === node.id)
                .map(({ from, kind }) => (kind === 'current' ? from : `${from} (${kind})`))
                .join(' '),
            ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('log')
      .description('its operation log, newest first')
      .argument('<project/workflow/task>')
      .option('--limit <n>', 'entries', count, 50),
    ['tasks log shop/daily_sales/load'],
    async ({ output, client }, { limit }: { readonly limit: number }, id: string) => {
      const { project } = taskAddress(id);
      const call = await client();
      const { items } = await call('listAudit', {
        params: { project },
        query: { object: `task:${id}`, limit: Math.min(limit, 200) },
      });
      output.result(items, () =>
        tableOf(
          ['AT', 'BY', 'OPERATION', 'COMMENT'],
          items.map(({ at, actor, action, reason }) => [at, actor, action, reason]),
        ),
      );
      return undefined;
    },
  );
};
