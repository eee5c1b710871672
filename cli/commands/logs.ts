import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { LogEntry } from '../../shared/contracts/api/log-view.ts';
import { isFinal } from '../../shared/domain/run/fold-run.ts';
import { allPages } from '../connect.ts';
import { runs } from '../run-command.ts';
import { addLogExports } from './log-exports.ts';
import { addLogSearch } from './log-search.ts';

/** `nightshift logs`: the log of a run; below it searching all of them. */
export const addLogs = (program: Command): void => {
  const logs = runs(
    program
      .command('logs')
      .description('the log of a run, oldest first')
      .argument('<run>', 'id of the run')
      .option(
        '--follow',
        'go on until the run has ended; with --json the document comes at the end',
      ),
    ['logs prod~shop~daily_sales~r~20261119~1', 'logs prod~shop~daily_sales~r~20261119~1 --follow'],
    async (
      { output, client },
      { follow = false, json = false }: { readonly follow?: boolean; readonly json?: boolean },
      run: string,
    ) => {
      const call = await client();
      const seen = new Set<string>();
      const all: LogEntry[] = [];
      const look = async (from: string | undefined) => {
        const entries = await allPages((cursor) =>
          call('getRunLog', { params: { run }, query: { limit: 200, cursor, from } }),
        );
        const fresh = entries.filter(({ id }) => !seen.has(id));
        for (const { id } of fresh) seen.add(id);
        if (json) all.push(...fresh);
        else for (const entry of fresh) output.line(textOf(entry));
      };

      await look(undefined);
      for (let over = !follow; !over; ) {
        over = isFinal((await call('getRun', { params: { run } })).status);
        // Once it has ended, one more look fetches the lines that were written last.
        await sleep(1000);
        await look(new Date(Date.now() - longestAttemptMs).toISOString());
      }
      if (json) output.result(all, () => '');
      return undefined;
    },
  );
  addLogSearch(logs);
  addLogExports(logs);
};

/** An attempt writes its lines when it ends, dated from its beginning; none takes longer than a Lambda may. */
const longestAttemptMs = 20 * 60_000;

const textOf = ({ at, level, task, attempt, operation, text }: LogEntry): string =>
  `${at} ${level.padEnd(5)} ${task}#${attempt} ${operation}: ${text}`;
