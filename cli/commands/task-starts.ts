import type { Command } from 'commander';
import { day, pair } from '../arguments.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';
import { taskAddress } from './task-address.ts';

type Options = {
  readonly env: 'prod' | 'dev';
  readonly date?: string;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly comment?: string;
};

const starts = [
  ['run', 'runTask', 'run one task once, alone'],
  ['test-run', 'testRunTask', 'try one task: a run marked as a test, which alerts nobody'],
] as const;

/** `nightshift tasks run` and `test-run`. */
export const addTaskStarts = (parent: Command): void => {
  for (const [name, operation, text] of starts)
    runs(
      env(parent.command(name).description(text).argument('<project/workflow/task>'))
        .option('--date <day>', 'business date; default: yesterday in the project’s zone', day)
        .option('--parameter <name=value>', 'may be given several times', pair)
        .option('--key <key>', 'the same key names the same run')
        .option('--comment <text>', 'why; kept in the operation log'),
      [`tasks ${name} shop/daily_sales/load --date 2026-11-19 --parameter region=eu`],
      async ({ output, client }, options: Options, id: string) => {
        const call = await client();
        const started = await call(operation, {
          params: taskAddress(id),
          body: {
            env: options.env,
            bizDate: options.date,
            parameters: options.parameter,
            comment: options.comment,
          },
          ...(options.key === undefined ? {} : { idempotencyKey: options.key }),
        });
        output.result(started, () => started.instance);
        return undefined;
      },
    );
};
