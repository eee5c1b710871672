import type { Command } from 'commander';
import type { BackfillMoves } from '../../shared/contracts/api/backfill-view.ts';
import { type Ended, runs } from '../run-command.ts';

type Options = { readonly project: string; readonly comment?: string };

/** What becomes of a backfill that exists: below `nightshift backfill`. */
export const addBackfillChanges = (parent: Command): void => {
  for (const [name, operation, text] of pendingChanges)
    runs(
      placed(parent, name, text),
      [`backfill ${name} 0a1b2c3d4e5f --project shop`],
      async (
        { output, client },
        { project, comment }: Options,
        backfill: string,
      ): Promise<Ended> => {
        const call = await client();
        const row = await call(operation, { params: { project, backfill }, body: { comment } });
        output.result(row, () => `${row.id}: ${row.paused ? 'paused' : row.state}`);
        return undefined;
      },
    );

  runs(
    placed(parent, 'delete', 'delete a pending backfill; what it has submitted stays'),
    ['backfill delete 0a1b2c3d4e5f --project shop'],
    async ({ output, client }, { project }: Options, backfill: string): Promise<Ended> => {
      const call = await client();
      const params = { project, backfill };
      const { rev } = await call('getBackfill', { params });
      const done = await call('deleteBackfill', { params, ifMatch: rev });
      output.result(done, () => `${backfill}: deleted`);
      return undefined;
    },
  );

  for (const [name, operation, text] of moves)
    runs(
      placed(parent, name, text),
      [`backfill ${name} 0a1b2c3d4e5f --project shop --comment "wrong input"`],
      async (
        { output, client },
        { project, comment }: Options,
        backfill: string,
      ): Promise<Ended> => {
        const call = await client();
        const sum: BackfillMoves = { moved: 0, paused: 0, failed: [], more: true };
        for (let cursor: string | undefined; sum.more; ) {
          const done = await call(operation, {
            params: { project, backfill },
            body: { comment, cursor },
          });
          sum.moved += done.moved;
          sum.paused += done.paused;
          sum.failed.push(...done.failed);
          sum.more = done.more;
          cursor = done.cursor;
        }
        output.result(
          sum,
          () => `${sum.moved} moved, ${sum.paused} paused, ${sum.failed.length} refused`,
        );
        return sum.failed.length > 0 ? 'failed' : undefined;
      },
    );
};

const placed = (parent: Command, name: string, text: string): Command =>
  parent
    .command(name)
    .description(text)
    .argument('<backfill>')
    .requiredOption('--project <project>')
    .option('--comment <text>', 'why; kept in the operation log');

const pendingChanges = [
  ['pause', 'pauseBackfill', 'keep a pending backfill from being submitted'],
  ['resume', 'resumeBackfill', 'let a pending backfill be submitted again'],
  ['run', 'runBackfill', 'submit a pending backfill now'],
] as const;

const moves = [
  ['terminate', 'terminateBackfill', 'terminate what is on its way, pause what waits'],
  ['rerun-failed', 'rerunBackfill', 'rerun what has failed'],
] as const;
