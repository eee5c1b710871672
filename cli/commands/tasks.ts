import type { Command } from 'commander';
import type { TaskListRow } from '../../shared/contracts/api/task-view.ts';
import { allPages } from '../connect.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';
import { addTaskChanges } from './task-changes.ts';
import { addTaskStarts } from './task-starts.ts';
import { addTaskViews } from './task-views.ts';

type Filters = {
  readonly env: 'prod' | 'dev';
  readonly project?: string;
  readonly workflow?: string;
  readonly text?: string;
  readonly trigger?: 'recurring' | 'manual';
  readonly owner?: string;
  readonly kind?: string;
  readonly period?: string;
  readonly priority?: string;
  readonly tag?: string;
  readonly group?: string;
  readonly paused?: true;
  readonly dryRun?: true;
  readonly held?: true;
};

/** `nightshift tasks`. */
export const addTasks = (program: Command): void => {
  const parent = program
    .command('tasks')
    .description('tasks: list, look at, change, pause, run, test, undeploy');

  runs(
    env(
      parent
        .command('ls')
        .description('tasks by project, workflow and name')
        .option('--project <project>')
        .option('--workflow <workflow>', 'with --project')
        .option('--text <text>', 'part of the name, or a whole id')
        .option('--trigger <trigger>', 'recurring or manual')
        .option('--owner <user>')
        .option('--kind <kind,…>')
        .option('--period <period,…>', 'minute, hour, day, week, month, year, cron')
        .option('--priority <priority,…>')
        .option('--tag <tag>')
        .option('--group <group>', 'resource group')
        .option('--paused', 'only paused ones')
        .option('--dry-run', 'only those that run nothing')
        .option('--held', 'only those that a hold covers'),
    ),
    ['tasks ls --project shop --workflow daily_sales', 'tasks ls --owner ann --paused --json'],
    async ({ output, client }, { group, paused, dryRun, held, ...filters }: Filters) => {
      const call = await client();
      const rows = await allPages((cursor) =>
        call('listTasks', {
          query: {
            ...filters,
            resourceGroup: group,
            paused: paused && 'true',
            dryRun: dryRun && 'true',
            held: held && 'true',
            limit: 200,
            cursor,
          },
        }),
      );
      output.result(rows, () => tableOf(header, rows.map(cells)));
      return undefined;
    },
  );

  addTaskViews(parent);
  addTaskChanges(parent);
  addTaskStarts(parent);
};

const header = ['TASK', 'KIND', 'STATE', 'PRIORITY', 'OWNER', 'NEXT DUE', 'LAST', 'UP/DOWN'];

const cells = (row: TaskListRow) => [
  row.id,
  row.kind,
  stateOf(row),
  row.priority,
  row.owner,
  row.nextDueAt,
  row.lastInstance?.status,
  `${row.upstreamCount}/${row.downstreamCount}`,
];

/** Why it does not run as usual, in one word. */
const stateOf = ({ deployed, paused, held, dryRun, online }: TaskListRow): string => {
  if (!deployed) return 'undeployed';
  if (paused) return 'paused';
  if (held) return 'held';
  if (dryRun) return 'dry-run';
  return online ? 'normal' : 'offline';
};
