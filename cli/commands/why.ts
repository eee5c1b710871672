import type { Command } from 'commander';
import type { ClearingAction } from '../../shared/domain/diagnosis/clearing-action.schema.ts';
import type {
  Diagnosis,
  PoolWait,
  RootBlocker,
} from '../../shared/domain/diagnosis/diagnosis.schema.ts';
import { commandOfAction } from '../command-of-action.ts';
import { runs } from '../run-command.ts';

/** `nightshift why`: what the gate says about an instance, where the wait begins, and the command that would clear it. */
export const addWhy = (program: Command): Command =>
  runs(
    program
      .command('why')
      .description('why an instance does not run: what the gate would decide now')
      .argument('<instance>'),
    ['why prod~shop~daily_sales~r~20261119~1~load~1 --json'],
    async ({ output, client }, _options: object, instance: string) => {
      const call = await client();
      const found = await call('diagnoseInstance', { params: { instance } });
      const result = resultOf(found);
      output.result(result, () => textOf(found, result));
      return undefined;
    },
  );

/** The document that scripts rely on; the keys of a blocker never change. */
const resultOf = ({
  decision,
  blocking,
  clearsAt,
  blockers,
  steps,
  upstream,
  pools,
}: Diagnosis) => ({
  decision,
  blockers: blockers.map(({ step, since, holder, clearsAt: clears, action }) => ({
    ...{ step, since, holder },
    clearsAt: clears,
    action,
  })),
  blocking,
  clearsAt,
  steps: steps.map(({ step, state, since }) => ({ step, state, since })),
  roots: upstream.roots.map(({ id, state, level, since, actions }) => ({
    ...{ instance: id, state, level },
    since: since ?? null,
    commands: commandsOf(actions),
  })),
  queues: pools.map(({ pool, limit, used, position, waiting, holders, expectedAt }) => ({
    ...{ pool, limit, used },
    position: position ?? null,
    waiting: waiting.count,
    holders: holders.map(({ id }) => id),
    expectedAt: expectedAt ?? null,
  })),
  commands: [...new Set(blockers.flatMap(({ actions }) => commandsOf(actions)))],
});

const commandsOf = (actions: readonly ClearingAction[]): string[] =>
  actions.filter(({ allowed }) => allowed).flatMap((action) => commandOfAction(action) ?? []);

const textOf = (
  { decision, execution, upstream, pools }: Diagnosis,
  { blockers, clearsAt, commands }: ReturnType<typeof resultOf>,
): string =>
  [
    decision,
    ...blockers.map(
      ({ step, since, holder, clearsAt: clears, action }) =>
        `${step}: ${holder}\n  since ${since}, expected to clear ${clears ?? 'only by hand or unknown'}\n  ${action}`,
    ),
    ...(execution.error && decision === 'ended' ? [`error: ${execution.error}`] : []),
    ...pools.map(queueText),
    ...(upstream.roots.length > 0 ? ['where the wait begins:'] : []),
    ...upstream.roots.map(rootText),
    ...(upstream.searched.complete
      ? []
      : [
          `  searched ${upstream.searched.instances} instances on ${upstream.searched.levels} levels; there may be more`,
        ]),
    ...(decision === 'wait' && clearsAt ? [`expected to be free at ${clearsAt}`] : []),
    ...(commands.length > 0 ? ['what would clear it:'] : []),
    ...commands.map((command) => `  ${command}`),
  ].join('\n');

const queueText = ({ pool, used, limit, position, waiting }: PoolWait): string =>
  `${pool}: ${used} of ${limit} slots in use, ${
    position === undefined ? `${waiting.count} queue` : `place ${position} of ${waiting.count}`
  }`;

const rootText = ({ id, state, level, error, actions }: RootBlocker): string =>
  [
    `  ${state}: ${id} (${level} up)${error ? `: ${error}` : ''}`,
    ...commandsOf(actions).map((command) => `    ${command}`),
  ].join('\n');
