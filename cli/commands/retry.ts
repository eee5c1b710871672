import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { batchLimit } from '../../shared/contracts/api/common.ts';
import { type RetryAllProgress, retryAll } from '../../shared/contracts/client/retry-all.ts';
import { instant } from '../arguments.ts';
import { batchText } from '../batch-text.ts';
import { CliError } from '../exit-code.ts';
import { type Ended, runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Options = {
  readonly env: 'prod' | 'dev';
  readonly reason: string;
  readonly current?: boolean;
  readonly allFailed?: boolean;
  readonly project?: string;
  readonly workflow?: string;
  readonly startedFrom?: string;
  readonly startedUntil?: string;
  readonly key?: string;
};

/** `nightshift retry`: some runs, or all that failed in a filter, never both (workflows-and-logs B1.4). */
export const addRetry = (program: Command): void => {
  runs(
    env(
      program
        .command('retry')
        .description(
          'send failed runs once more with their own parameters and version, as new runs; a running or a successful retry is left alone',
        )
        .argument('[run...]', `ids of runs, at most ${batchLimit}`)
        .requiredOption('--reason <text>', 'why; kept with the retry and in the operation log')
        .option('--current', 'with the version that is online now')
        .option('--all-failed', 'all failed runs of the filter, page by page, instead of ids')
        .option('--project <project>', 'with --all-failed')
        .option('--workflow <workflow>', 'with --all-failed; needs --project')
        .option('--started-from <instant>', 'with --all-failed', instant)
        .option('--started-until <instant>', 'with --all-failed; not included', instant)
        .option('--key <text>', 'idempotency key: the same key acts once'),
    ),
    [
      'retry prod~shop~daily_sales~r~20261119~1 --reason "the feed is back"',
      'retry --all-failed --project shop --started-from 2026-11-20T00:00:00Z --reason outage --json',
    ],
    async ({ output, client }, options: Options, ids: string[]): Promise<Ended> => {
      if (ids.length > 0 === (options.allFailed === true))
        throw new CliError('usage', 'usage', 'give ids of runs, or --all-failed, not both');
      const call = await client();
      const key = options.key ?? randomUUID();
      const send = (runIds: string[], idempotencyKey: string) =>
        call('batchRuns', {
          body: {
            ...{ op: 'retry', ids: runIds, comment: options.reason },
            version: options.current ? 'current' : 'original',
          },
          idempotencyKey,
        });
      if (ids.length > 0) {
        const result = await send(ids, key);
        output.result(result, () => batchText(result));
        return result.succeeded.length === result.requested ? 'ok' : 'failed';
      }

      const { env, project, workflow, startedFrom, startedUntil } = options;
      let progress: RetryAllProgress = { done: 0, skipped: 0, refused: [] };
      await retryAll({
        ...{ key, send, isStopped: () => false },
        find: (cursor) =>
          call('listRuns', {
            query: {
              ...{ env, project, workflow, startedFrom, startedUntil, cursor },
              retryable: 'true',
              limit: batchLimit,
            },
          }),
        onProgress: (now) => {
          progress = now;
          if (now.searchedTo) process.stderr.write(`searched back to ${now.searchedTo}\n`);
        },
      });
      output.result(progress, () =>
        [
          `${progress.done} retried, ${progress.skipped} skipped, ${progress.refused.length} refused`,
          ...progress.refused.map(({ id, error }) => `${id}: ${error}`),
        ].join('\n'),
      );
      return progress.refused.length === 0 ? 'ok' : 'failed';
    },
  );
};
