import type { Command } from 'commander';
import { instant } from '../arguments.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Options = {
  readonly env: 'prod' | 'dev';
  readonly project?: string;
  readonly workflow?: string;
  readonly from?: string;
  readonly to?: string;
};

/** `nightshift monitoring`. */
export const addMonitoring = (program: Command): void => {
  runs(
    env(
      program
        .command('monitoring')
        .description('runs, successes and durations: today, or up to seven days back')
        .option('--project <project>', 'default: all that you may see')
        .option('--workflow <workflow>', 'needs --project')
        .option('--from <instant>', 'default: the beginning of today', instant)
        .option('--to <instant>', 'not included; default: now', instant),
    ),
    [
      'monitoring --project shop',
      'monitoring --project shop --workflow daily_sales --from 2026-11-19T00:00:00Z --json',
    ],
    async ({ output, client }, query: Options) => {
      const call = await client();
      const found = await call('getMonitoring', { query });
      output.result(found, () => {
        const { totals, failing, slow, from, to, countedFrom } = found;
        const seconds = (ms: number | null) => (ms === null ? '-' : `${(ms / 1000).toFixed(1)} s`);
        const rate = totals.successRate;
        return [
          `${from} to ${to}`,
          ...(countedFrom ? [`counted from ${countedFrom}: there are too many workflows`] : []),
          tableOf(
            ['RUNS', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'RUNNING', 'RATE', 'MEAN', 'P95'],
            [
              [
                totals.runs,
                totals.succeeded,
                totals.failed,
                totals.cancelled,
                totals.running,
                rate === null ? '-' : `${(rate * 100).toFixed(1)} %`,
                seconds(totals.meanMs),
                seconds(totals.p95Ms),
              ],
            ],
          ),
          `${totals.autoRetried} automatically retried, ${totals.manualRetries} manually`,
          ...failing.map(
            ({ project, workflow, failed }) => `failing: ${project}/${workflow} ${failed}`,
          ),
          ...slow.map(
            ({ project, workflow, meanMs }) => `slow: ${project}/${workflow} ${seconds(meanMs)}`,
          ),
        ].join('\n');
      });
      return undefined;
    },
  );
};
