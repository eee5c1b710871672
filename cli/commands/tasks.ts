import type { Command } from 'commander';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Options = { readonly env: 'prod' | 'dev'; readonly comment?: string };

/** `nightshift tasks`. */
export const addTasks = (program: Command): void => {
  const parent = program.command('tasks').description('tasks: list, pause, resume, undeploy');

  runs(
    env(
      parent
        .command('ls')
        .description('the tasks of a project or workflow')
        .requiredOption('--project <project>')
        .option('--workflow <workflow>'),
    ),
    ['tasks ls --project shop --workflow daily_sales'],
    async (
      { output, client },
      {
        project,
        workflow,
        env,
      }: Options & { readonly project: string; readonly workflow?: string },
    ) => {
      const call = await client();
      const rows = await allPages((cursor) =>
        call('listTasks', { params: { project }, query: { workflow, env, limit: 200, cursor } }),
      );
      output.result(rows, () =>
        tableOf(
          ['TASK', 'KIND', 'PRIORITY', 'OWNER', 'PAUSED'],
          rows.map(({ id, kind, priority, owner, paused }) => [
            id,
            kind,
            priority,
            owner,
            paused?.by,
          ]),
        ),
      );
      return undefined;
    },
  );

  for (const [name, operation, text] of changes)
    runs(
      env(parent.command(name).description(text).argument('<project/workflow/task>')).option(
        '--comment <text>',
        'why; kept in the operation log',
      ),
      [`tasks ${name} shop/daily_sales/load --comment "source is down"`],
      async ({ output, client }, { env, comment }: Options, id: string) => {
        const [project, workflow, task, more] = id.split('/');
        if (!project || !workflow || !task || more !== undefined)
          throw new CliError('usage', 'usage', `${id} must be project/workflow/task`);
        const call = await client();
        const row = await call(operation, {
          params: { project, workflow, task },
          body: { env, comment },
        });
        output.result(
          row,
          () => `${row.id}: ${row.paused ? 'paused' : row.deployed ? 'active' : 'undeployed'}`,
        );
        return undefined;
      },
    );
};

const changes = [
  ['pause', 'pauseTask', 'instances are still generated, none starts'],
  ['resume', 'resumeTask', 'let its instances start again'],
  ['undeploy', 'undeployTask', 'take it away; refused while another task waits for it'],
] as const;
