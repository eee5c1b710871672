import type { Command } from 'commander';
import type * as z from 'zod';
import type { TaskBatch } from '../../shared/contracts/api/task-routes.ts';
import type { Priority } from '../../shared/domain/workflow/priority.schema.ts';
import { wholeNumber } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';
import { taskAddress } from './task-address.ts';

type Asked = z.input<typeof TaskBatch>;
type Rest = Pick<Asked, 'ids' | 'env' | 'comment'>;
type Options = {
  readonly env: 'prod' | 'dev';
  readonly comment?: string;
  readonly interval?: number;
};

/** A word for "as the definition says". */
const asDefined = 'default';

/** Operations that set something, each on up to 100 tasks: `nightshift tasks pause`, `owner`, `priority` … */
export const addTaskChanges = (parent: Command): void => {
  for (const { name, text, value } of changes) {
    const command = env(parent.command(name).description(`${text}; up to 100 at once`)).option(
      '--comment <text>',
      'why; kept in the operation log',
    );
    if (value) command.argument(`<${value}>`, `or "${asDefined}": as the definition says`);
    if (name === 'retries') command.option('--interval <seconds>', 'between two', wholeNumber);
    runs(
      command.argument('<project/workflow/task...>'),
      [`tasks ${name} ${value ? `${examples[value]} ` : ''}shop/daily_sales/load`],
      async ({ output, client }, options: Options, ...given: (string | readonly string[])[]) => {
        const ids = [...(given.at(-1) as readonly string[])];
        for (const id of ids) taskAddress(id);
        const call = await client();
        const body = bodyOf(name, value ? String(given[0]) : '', options, {
          ...{ ids, env: options.env, comment: options.comment },
        });
        const result = await call('batchTasks', { body });
        output.result(result, () =>
          [
            ...result.succeeded.map(({ id, note }) => `${id}: ${note ?? 'done'}`),
            ...result.skipped.map(({ id, reason }) => `${id}: skipped: ${reason}`),
            ...result.failed.map(({ id, error }) => `${id}: ${error}`),
          ].join('\n'),
        );
        if (result.failed.some(({ code }) => code === 'task-not-found')) return 'notFound';
        if (result.failed.some(({ code }) => code === 'forbidden')) return 'forbidden';
        return result.failed.length + result.skipped.length > 0 ? 'conflict' : 'ok';
      },
    );
  }
};

type Change = {
  readonly name: Name;
  readonly text: string;
  readonly value?: keyof typeof examples;
};
type Name =
  | 'pause'
  | 'resume'
  | 'owner'
  | 'priority'
  | 'group'
  | 'timeout'
  | 'retries'
  | 'dry-run'
  | 'undeploy';

const examples = {
  user: 'ann',
  priority: 'LOW',
  group: 'small',
  seconds: '600',
  count: '3',
  'on|off': 'on',
} as const;

const changes: readonly Change[] = [
  { name: 'pause', text: 'instances are still generated, none starts' },
  { name: 'resume', text: 'let their instances start again' },
  { name: 'owner', text: 'give them to another member of their project', value: 'user' },
  {
    name: 'priority',
    text: 'change the priority, also of instances that have not started',
    value: 'priority',
  },
  { name: 'group', text: 'change the resource group of new instances', value: 'group' },
  { name: 'timeout', text: 'change the time-out of new instances', value: 'seconds' },
  { name: 'retries', text: 'change the automatic retries of new instances', value: 'count' },
  { name: 'dry-run', text: 'new instances succeed without running, or run', value: 'on|off' },
  { name: 'undeploy', text: 'take them away; refused while another task waits for them' },
];

const bodyOf = (name: Name, value: string, { interval }: Options, rest: Rest): Asked => {
  const isDefault = value === asDefined;
  switch (name) {
    case 'pause':
    case 'resume':
    case 'undeploy':
      return { op: name, ...rest };
    case 'owner':
      return { op: 'set-owner', owner: isDefault ? null : value, ...rest };
    case 'priority':
      // Whatever is no priority is refused by the API, which names those that are.
      return { op: 'set-priority', priority: isDefault ? null : (value as Priority), ...rest };
    case 'group':
      return { op: 'set-resource-group', resourceGroup: isDefault ? null : value, ...rest };
    case 'timeout':
      return { op: 'set-timeout', timeoutSeconds: isDefault ? null : numberOf(value), ...rest };
    case 'retries': {
      const retries = { count: numberOf(value), intervalSeconds: interval };
      return { op: 'set-retries', retries: isDefault ? null : retries, ...rest };
    }
    case 'dry-run':
      if (!isDefault && value !== 'on' && value !== 'off')
        throw new CliError(
          'usage',
          'usage',
          `dry-run must be on, off or ${asDefined}, not ${value}`,
        );
      return { op: 'set-dry-run', dryRun: isDefault ? null : value === 'on', ...rest };
  }
};

const numberOf = (text: string): number => {
  if (text !== asDefined && !/^\d+$/.test(text))
    throw new CliError('usage', 'usage', `${text} must be a whole number or ${asDefined}`);
  return Number(text);
};
