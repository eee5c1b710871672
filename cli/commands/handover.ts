import type { Command } from 'commander';
import type { Handover } from '../../shared/contracts/api/handover-routes.ts';
import { targetText } from '../../shared/domain/hold/read-target.ts';
import { instant } from '../arguments.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Show = {
  readonly project: string;
  readonly env: 'prod' | 'dev';
  readonly since?: string;
  readonly read?: boolean;
};

/** `nightshift handover`. */
export const addHandover = (program: Command): void => {
  const parent = program
    .command('handover')
    .description('what the next shift should know, and notes to it');

  runs(
    env(
      parent
        .command('show')
        .description('what broke, healed, is kept back or at risk since you last looked')
        .requiredOption('--project <project>')
        .option('--since <instant>', 'default: when you marked it as read', instant)
        .option('--read', 'mark it as read'),
    ),
    ['handover show --project shop', 'handover show --project shop --read --json'],
    async ({ output, client }, { project, env, since, read }: Show) => {
      const call = await client();
      const params = { project };
      const [told, notes] = await Promise.all([
        call('getHandover', { params, query: { env, since } }),
        call('listHandoverNotes', { params, query: { limit: 10 } }),
      ]);
      if (read) await call('markHandoverRead', { params, body: { at: told.at } });
      output.result({ ...told, notes: notes.items }, () =>
        [
          `since ${told.since}${told.looked ? '' : ' (you never marked it as read)'}`,
          ...linesOf(told),
          ...notes.items.map(({ at, by, text }) => `note of ${by}, ${at}:\n  ${text}`),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('note')
      .description('leave a note to the next shift')
      .argument('<text>')
      .requiredOption('--project <project>'),
    ['handover note --project shop "watch the vendor feed, it was late twice"'],
    async ({ output, client }, { project }: { readonly project: string }, text: string) => {
      const call = await client();
      const note = await call('addHandoverNote', { params: { project }, body: { text } });
      output.result(note, () => `noted at ${note.at}`);
      return undefined;
    },
  );
};

const linesOf = (told: Handover): readonly string[] => {
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`)];
  return [
    ...block(
      'broke',
      told.broke.map(({ id, error }) => `${id}  ${error ?? ''}`),
    ),
    ...block(
      'healed',
      told.healed.map(({ id, by, move, reason }) => `${id}  ${move} by ${by} ${reason ?? ''}`),
    ),
    ...block(
      'at risk',
      told.atRisk.map(({ id, dueAt }) => `${id}  due ${dueAt}`),
    ),
    ...block('kept back', [
      ...told.holds.map((hold) => `${hold.purpose} of ${targetText(hold.target)}: ${hold.reason}`),
      ...told.pausedTasks.map(({ workflow, task, by }) => `task ${workflow}/${task}, by ${by}`),
      ...told.kept.map(({ id, by }) => `${id}, by ${by}`),
    ]),
    ...block(
      'operated',
      told.operators.map(({ actor, count }) => `${actor}: ${count}`),
    ),
    ...told.more.map((what) => `there was more of ${what} than was looked at`),
  ];
};
