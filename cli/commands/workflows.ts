import type { Command } from 'commander';
import type { WorkflowRow } from '../../shared/contracts/api/workflow-routes.ts';
import { count, wholeNumber } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs, type Tools } from '../run-command.ts';
import { env } from './common-options.ts';

type InProject = {
  readonly project: string;
  readonly env: 'prod' | 'dev';
  readonly comment?: string;
};

/** `nightshift workflows`. */
export const addWorkflows = (program: Command): void => {
  const parent = program
    .command('workflows')
    .description('workflows: list, online, offline, timing, stop, versions, diff, promote');

  runs(
    env(
      parent.command('ls').description('workflows with their state').option('--project <project>'),
    ),
    ['workflows ls', 'workflows ls --project shop --json'],
    async ({ output, client }, { project, env }: Partial<InProject>) => {
      const call = await client();
      const rows = await allPages((cursor) =>
        call('listWorkflows', { query: { project, env, limit: 100, cursor } }),
      );
      output.result(rows, () => tableOf(header, rows.map(cells)));
      return undefined;
    },
  );

  runs(
    on(
      parent.command('online').description('pin a version; timing goes on when it is periodic'),
    ).option('--version <n>', 'default: the latest', count),
    ['workflows online daily_sales --project shop --version 3'],
    async (tools, options: InProject & { readonly version?: number }, workflow: string) => {
      const call = await tools.client();
      const state = await call('onlineWorkflow', {
        params: { project: options.project, workflow },
        body: { env: options.env, version: options.version, comment: options.comment },
      });
      return show(tools, workflow, state);
    },
  );

  runs(
    on(parent.command('offline').description('take it offline; timing goes off')).option(
      '--stop-running',
      'end its active runs, too',
    ),
    ['workflows offline daily_sales --project shop'],
    async (tools, options: InProject & { readonly stopRunning?: boolean }, workflow: string) => {
      const call = await tools.client();
      const { state } = await call('offlineWorkflow', {
        params: { project: options.project, workflow },
        body: {
          env: options.env,
          stopRunning: options.stopRunning ?? false,
          comment: options.comment,
        },
      });
      return show(tools, workflow, state);
    },
  );

  runs(
    on(parent.command('timing').description('switch its schedule on or off')).argument('<on|off>'),
    ['workflows timing daily_sales off --project shop'],
    async (tools, options: InProject, workflow: string, state: string) => {
      if (state !== 'on' && state !== 'off')
        throw new CliError('usage', 'usage', `timing must be on or off, not ${state}`);
      const call = await tools.client();
      const now = await call('setTiming', {
        params: { project: options.project, workflow },
        body: { env: options.env, on: state === 'on', comment: options.comment },
      });
      return show(tools, workflow, now);
    },
  );

  runs(
    on(parent.command('stop').description('end its active runs; timing stays as it is')),
    ['workflows stop daily_sales --project shop'],
    async ({ output, client }, options: InProject, workflow: string) => {
      const call = await client();
      const stopped = await call('stopWorkflow', {
        params: { project: options.project, workflow },
        body: { env: options.env, comment: options.comment },
      });
      output.result(
        stopped,
        () => `${stopped.runs.length} runs, ${stopped.terminated.length} instances ended`,
      );
      return stopped.failed.length > 0 ? 'conflict' : 'ok';
    },
  );

  runs(
    on(parent.command('promote').description('put what is online in dev online in prod')),
    ['workflows promote daily_sales --project lab'],
    async ({ output, client }, { project, comment }: InProject, workflow: string) => {
      const call = await client();
      const promoted = await call('promoteWorkflow', {
        params: { project, workflow },
        body: { comment },
      });
      output.result(promoted, () => `${workflow} version ${promoted.version} is online in prod`);
      return undefined;
    },
  );

  runs(
    on(parent.command('versions').description('published versions, newest first')),
    ['workflows versions daily_sales --project shop'],
    async ({ output, client }, { project }: InProject, workflow: string) => {
      const call = await client();
      const versions = await allPages((cursor) =>
        call('listVersions', { params: { project, workflow }, query: { limit: 200, cursor } }),
      );
      output.result(versions, () =>
        tableOf(
          ['VERSION', 'AT', 'BY', 'TASKS', 'ONLINE'],
          versions.map(({ version, at, by, tasks, online }) => [
            version,
            at,
            by,
            tasks,
            online.join(' '),
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    on(parent.command('diff').description('what differs between two versions'))
      .argument('<from>', 'version', wholeNumber)
      .argument('<to>', 'version', wholeNumber),
    ['workflows diff daily_sales 2 3 --project shop'],
    async (
      { output, client },
      { project }: InProject,
      workflow: string,
      from: number,
      to: number,
    ) => {
      const call = await client();
      const diff = await call('diffVersions', {
        params: { project, workflow },
        query: { from, to },
      });
      output.result(diff, () =>
        [
          ...diff.workflow.map((field) => `~ ${field}`),
          ...diff.added.map((task) => `+ ${task}`),
          ...diff.removed.map((task) => `- ${task}`),
          ...diff.changed.map(({ task, fields }) => `~ ${task}: ${fields.join(', ')}`),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    on(parent.command('show').description('the definition of the latest version')),
    ['workflows show daily_sales --project shop --json'],
    async ({ output, client }, { project, env }: InProject, workflow: string) => {
      const call = await client();
      const { definition } = await call('getDefinition', {
        params: { project, workflow },
        query: { env },
      });
      output.result(definition, () => JSON.stringify(definition, null, 2));
      return undefined;
    },
  );
};

const on = (command: Command): Command =>
  env(command.argument('<workflow>').requiredOption('--project <project>')).option(
    '--comment <text>',
    'why; kept in the operation log',
  );

const show = ({ output }: Tools, workflow: string, state: WorkflowRow['state']): undefined => {
  output.result(
    state,
    () => `${workflow}: ${state.online} version ${state.version}, timing ${state.timing}`,
  );
  return undefined;
};

const header = ['WORKFLOW', 'STATE', 'VERSION', 'TIMING', 'TASKS', 'NEXT', 'LAST RUN'];

const cells = ({ id, state, tasks, nextFireAt, lastRun }: WorkflowRow) => [
  id,
  state.online,
  state.version,
  state.timing,
  tasks,
  nextFireAt,
  lastRun?.status,
];
