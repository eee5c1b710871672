import { type Command, Option } from 'commander';
import type { HoldView } from '../../shared/contracts/api/hold-routes.ts';
import type { HoldTarget } from '../../shared/domain/hold/hold.schema.ts';
import { readTarget, targetText } from '../../shared/domain/hold/read-target.ts';
import { instant, several, wholeNumber } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Times = { readonly from?: string; readonly until?: string; readonly reason: string };
type Lift = { readonly comment?: string };
type Stage = Lift & {
  readonly priority?: 'LOWEST' | 'LOW' | 'MIDDLE' | 'HIGH' | 'HIGHEST';
  readonly project?: readonly string[];
  readonly all?: boolean;
};

/** `nightshift holds`, `freeze` and `thaw`. */
export const addHolds = (program: Command): void => {
  const parent = program
    .command('holds')
    .description('keep a task, workflow, project, pool or everything from starting; list, lift');

  runs(
    parent
      .command('ls')
      .description('holds, drains, maintenance windows and freezes, with what they keep back')
      .option('--project <project>'),
    ['holds ls', 'holds ls --project shop --json'],
    async ({ output, client }, { project }: { readonly project?: string }) => {
      const call = await client();
      const { items } = await call('listHolds', { query: { project, counts: 'true' } });
      output.result(items, () =>
        tableOf(
          ['HOLD', 'PURPOSE', 'OF', 'STATE', 'KEPT BACK', 'RUNNING', 'UNTIL', 'BY', 'REASON'],
          items.map((hold) => [
            ...[hold.id, hold.purpose, targetText(hold.target), hold.state],
            ...[counted(hold.keptBack), counted(hold.running)],
            ...[hold.clearsAt ?? hold.until ?? hold.from, hold.by, hold.reason],
          ]),
        ),
      );
      return undefined;
    },
  );

  for (const [name, purpose, text] of purposes)
    runs(
      parent
        .command(name)
        .description(text)
        .argument('<what>', 'project, project/workflow, project/workflow/task, pool id or "all"')
        .requiredOption('--reason <text>', 'why, for whoever meets it at night')
        .option('--from <instant>', 'default: at once', instant)
        .option('--until <instant>', 'default: until somebody lifts it', instant),
      [`holds ${name} shop/daily_sales --reason "source is down" --until 2026-11-20T06:00:00Z`],
      async ({ output, client }, { reason, from, until }: Times, what: string) => {
        const call = await client();
        const body = { purpose, target: targetOf(what), reason, from, until };
        const hold = await call('createHold', { body });
        output.result(hold, () => `${hold.id}: ${hold.state}`);
        return undefined;
      },
    );

  runs(
    parent
      .command('lift')
      .description('end it: what it kept back starts within a minute')
      .argument('<hold>')
      .option('--comment <text>', 'why; kept in the operation log'),
    ['holds lift shop~0123456789ab'],
    async ({ output, client }, { comment }: Lift, hold: string) => {
      const call = await client();
      const { rev } = await call('getHold', { params: { hold } });
      await call('liftHold', { params: { hold }, query: { comment }, ifMatch: rev });
      output.result({ hold, lifted: true }, () => `${hold}: lifted`);
      return undefined;
    },
  );

  addFreeze(program);
};

const addFreeze = (program: Command): void => {
  runs(
    program
      .command('freeze')
      .description('freeze everything; without --count it only says what would be kept')
      .option('--count <n>', 'the number that the plan named', wholeNumber)
      .option('--reason <text>', 'with --count'),
    ['freeze', 'freeze --count 1204 --reason "the warehouse is down"'],
    async (
      { output, client },
      { count, reason }: { readonly count?: number; readonly reason?: string },
    ) => {
      const call = await client();
      if (count === undefined) {
        const plan = await call('planFreeze', {});
        output.result(plan, () =>
          [
            `would keep ${counted(plan.waiting)} from starting until ${plan.until}; ${counted(plan.running)} run and go on`,
            ...plan.projects.map(({ project, count: n }) => `  ${project}: ${n}`),
            `to do it: nightshift freeze --count ${plan.waiting.count} --reason "…"`,
          ].join('\n'),
        );
        return undefined;
      }
      if (!reason) throw new CliError('usage', 'usage', '--count needs --reason');
      const hold = await call('freezeEverything', { body: { reason, expectedCount: count } });
      output.result(hold, () => `${hold.id}: everything is frozen`);
      return undefined;
    },
  );

  runs(
    program
      .command('thaw')
      .description('thaw a freeze in stages; without a stage it says what each would let start')
      .argument('<hold>')
      .addOption(
        new Option('--priority <priority>', 'this and above').choices([
          'LOWEST',
          'LOW',
          'MIDDLE',
          'HIGH',
          'HIGHEST',
        ]),
      )
      .option('--project <project>', 'may be given several times', several)
      .option('--all', 'end the freeze')
      .option('--comment <text>', 'why; kept in the operation log'),
    ['thaw system~0123456789ab', 'thaw system~0123456789ab --priority HIGH'],
    async ({ output, client }, { priority, project, all, comment }: Stage, hold: string) => {
      const call = await client();
      if (!priority && !project && !all) {
        const { stages } = await call('planThaw', { params: { hold } });
        output.result(stages, () =>
          tableOf(
            ['PRIORITY', 'PROJECT', 'WOULD START'],
            stages.map((stage) => [stage.priority, stage.project, stage.count]),
          ),
        );
        return undefined;
      }
      const { rev } = await call('getHold', { params: { hold } });
      const thawed = await call('thawHold', {
        ...{ params: { hold }, ifMatch: rev },
        body: { priority, projects: project && [...project], all, comment },
      });
      output.result(thawed, () => `${hold}: ${thawed.over ? 'thawed whole' : 'thawed in part'}`);
      return undefined;
    },
  );
};

const purposes = [
  ['set', 'hold', 'nothing it covers starts until it is lifted'],
  ['drain', 'drain', 'finish what runs, start nothing new, and see when nothing runs any more'],
  ['maintenance', 'maintenance', 'a window of time: dependants wait and catch up after it'],
] as const;

const targetOf = (what: string): HoldTarget => {
  const target = readTarget(what);
  if (!target.ok) throw new CliError('usage', 'usage', `${what} ${target.error}`);
  return target.value;
};

const counted = (of: HoldView['keptBack']): string =>
  of === undefined ? '-' : `${of.count}${of.more ? '+' : ''}`;
