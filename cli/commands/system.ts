import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import { day } from '../arguments.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { addDays, type DayCounts } from './add-days.ts';
import { env } from './common-options.ts';
import { recountRuns } from './recount-runs.ts';

type Day = { readonly project: string; readonly date: string; readonly env: 'prod' | 'dev' };

/** `nightshift pools`, `counters`, `recount`, `health`, `whoami` and `openapi`. */
export const addSystem = (program: Command): void => {
  runs(
    env(program.command('pools').description('limited pools with the slots in use')),
    ['pools', 'pools --json'],
    async ({ output, client }, { env }: { readonly env: 'prod' | 'dev' }) => {
      const call = await client();
      const { items } = await call('listPools', { query: { env } });
      output.result(items, () =>
        tableOf(
          ['POOL', 'IN USE', 'LIMIT', 'WAITING'],
          items.map(({ pool, used, waiting }) => [
            pool.id,
            used,
            pool.limit,
            `${waiting.count}${waiting.more ? '+' : ''}`,
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    ofDay(program.command('counters').description('exact counts of a project and business date')),
    ['counters --project shop --date 2026-11-19 --json'],
    async ({ output, client }, { project, date, env }: Day) => {
      const call = await client();
      const counters = await call('getCounters', { query: { project, bizDate: date, env } });
      output.result(counters, () =>
        Object.entries({ total: counters.total, ...counters.statuses })
          .map(([status, n]) => `${status}: ${n}`)
          .join('\n'),
      );
      return undefined;
    },
  );

  runs(
    ofDay(
      program
        .command('recount')
        .description(
          'count the instances, and the runs that started on the day after (UTC), one by one and compare; exit code 1 when the counters differ',
        ),
    ),
    ['recount --project shop --date 2026-11-19 --json'],
    async ({ output, client }, { project, date, env }: Day) => {
      const call = await client();
      let counted: DayCounts = { total: 0, statuses: {}, outcomes: {} };
      let cursor: string | undefined;
      let counters: DayCounts;
      do {
        const page = await call('recountDay', { query: { project, bizDate: date, env, cursor } });
        counted = addDays(counted, page.counted);
        counters = addDays({ total: 0, statuses: {}, outcomes: {} }, page.counters);
        cursor = page.cursor;
      } while (cursor !== undefined);

      const runs = await recountRuns(call, { project, env, day: runDateOf(date) });
      const equal = isDeepStrictEqual(counted, counters) && runs.equal;
      output.result({ equal, counted, counters, runs }, () =>
        equal ? `equal: ${counted.total} instances, ${runs.counted.runs} runs` : 'different',
      );
      return equal ? 'ok' : 'failed';
    },
  );

  runs(
    program
      .command('health')
      .description('how the installation is; exit code 1 when something is wrong'),
    ['health --json'],
    async ({ output, client }) => {
      const call = await client();
      const health = await call('getHealth', {});
      output.result(health, () =>
        tableOf(
          ['CHECK', 'STATUS', 'DETAIL'],
          health.checks.map(({ name, status, detail }) => [name, status, detail]),
        ),
      );
      return health.status === 'ok' ? 'ok' : 'failed';
    },
  );

  for (const name of ['login', 'whoami'])
    runs(
      program
        .command(name)
        .description(
          name === 'login' ? 'try the credentials of this place' : 'who you are, and your roles',
        ),
      [name],
      async ({ output, client }) => {
        const call = await client();
        const me = await call('getMe', {});
        output.result(me, () =>
          [
            `${me.user}: ${me.role ?? 'no role'}`,
            ...me.grants.map(({ project, role }) => `  ${project}: ${role}`),
          ].join('\n'),
        );
        return undefined;
      },
    );

  runs(
    program.command('openapi').description('the API as an OpenAPI 3.1 document'),
    ['openapi --json > openapi.json'],
    async ({ output, client }) => {
      const call = await client();
      const document = await call('getOpenApi', {});
      output.result(document, () => JSON.stringify(document, null, 2));
      return undefined;
    },
  );
};

const ofDay = (command: Command): Command =>
  env(
    command
      .requiredOption('--project <project>')
      .requiredOption('--date <day>', 'business date', day),
  );
