import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { day, instant, seconds } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Options = {
  readonly project: string;
  readonly date: string;
  readonly env: 'prod' | 'dev';
  readonly from?: string;
  readonly timeout: number;
};

/** `nightshift generate`: the instances of a business date, now. */
export const addGenerate = (program: Command): Command =>
  runs(
    env(
      program
        .command('generate')
        .description('generate the instances of a business date; what exists stays as it is')
        .requiredOption('--project <project>')
        .requiredOption('--date <day>', 'business date; the run date is the day after', day),
    )
      .option('--from <instant>', 'only instances due at or after it', instant)
      .option('--timeout <seconds>', 'how long to wait for the end', seconds, 600),
    [
      'generate --project shop --date 2026-11-19',
      'generate --project shop --date 2026-11-19 --json',
    ],
    async ({ output, client }, options: Options) => {
      const call = await client();
      const asked = await call('requestGeneration', {
        params: { project: options.project },
        body: { bizDate: options.date, env: options.env, from: options.from },
      });

      const until = Date.now() + options.timeout * 1000;
      let now = asked;
      for (
        let pause = 100;
        now.status === 'REQUESTED' && Date.now() < until;
        pause = Math.min(1000, pause * 1.5)
      ) {
        await sleep(pause);
        now = await call('getRequest', { params: { request: asked.id } });
      }
      if (now.status === 'REFUSED')
        throw new CliError('conflict', 'refused', now.reason ?? 'the generation was refused');
      const { result } = now;
      if (!result)
        throw new CliError(
          'failed',
          'not-done',
          `not done after ${options.timeout} s; request ${asked.id} goes on`,
        );

      output.result(
        result,
        () =>
          `${result.instances} instances, ${result.edges} edges; ${result.existing} existed before`,
      );
      return undefined;
    },
  );
