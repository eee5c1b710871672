import type { Command } from 'commander';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

/** `nightshift logs exports`: files that a job writes or has written. */
export const addLogExports = (logs: Command): Command =>
  runs(
    logs
      .command('exports')
      .description('your exports of logs; of one, the links to its files (15 minutes)')
      .argument('[id]', 'id of an export'),
    ['logs exports', 'logs exports 2026-11-20~20261120103000000~a1b2c3d4e5f6 --json'],
    async ({ output, client }, _: object, id: string | undefined) => {
      const call = await client();
      if (id === undefined) {
        const { items } = await call('listLogExports', {});
        output.result(items, () =>
          tableOf(
            ['EXPORT', 'AT', 'STATUS', 'LINES', 'FILES'],
            items.map((each) => [each.id, each.at, each.status, each.rows, each.files.length]),
          ),
        );
        return undefined;
      }
      const found = await call('getLogExport', { params: { export: id } });
      output.result(found, () =>
        [
          `${found.status}: ${found.rows} lines${found.error ? `; ${found.error}` : ''}`,
          ...found.files.map(({ name, rows, url }) => `${name} (${rows} lines) ${url}`),
        ].join('\n'),
      );
      return undefined;
    },
  );
