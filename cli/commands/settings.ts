import type { Command } from 'commander';
import {
  RuntimeSettings,
  SettingsOverrides,
} from '../../shared/domain/project/runtime-settings.schema.ts';
import { problemsOfIssues } from '../../shared/domain/workflow/problems-of-issues.ts';
import { pair, several } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Where = { readonly project?: string };
type Show = Where & { readonly effective?: boolean };
type Change = Where & {
  readonly set?: Readonly<Record<string, string>>;
  readonly reset?: readonly string[];
};

const names = Object.keys(RuntimeSettings.shape);

/** `nightshift settings`: time-outs and retries of tasks that say nothing themselves. */
export const addSettings = (program: Command): void => {
  const parent = program.command('settings').description('runtime settings: show, change');

  runs(
    ofProject(
      parent
        .command('show')
        .description('what the installation, or a project, sets')
        .option('--effective', 'what holds, and where it comes from'),
    ),
    ['settings show --effective', 'settings show --project shop --effective --json'],
    async ({ output, client }, { project, effective }: Show) => {
      const call = await client();
      const { overrides, explained } = project
        ? await call('getProjectSettings', { params: { project } })
        : await call('getSettings', {});
      output.result(effective ? explained : overrides, () =>
        effective
          ? tableOf(
              ['SETTING', 'VALUE', 'FROM', 'INHERITED'],
              Object.entries(explained).map(([name, { value, source, inherited }]) => [
                name,
                String(value),
                source,
                String(inherited),
              ]),
            )
          : Object.entries(overrides)
              .map(([name, value]) => `${name}: ${value}`)
              .join('\n'),
      );
      return undefined;
    },
  );

  runs(
    ofProject(
      parent
        .command('set')
        .description(`change settings: ${names.join(', ')}`)
        .option('--set <name=value>', 'may be repeated', pair)
        .option('--reset <name>', 'inherit it again; may be repeated', several),
    ),
    [
      'settings set --set retryCount=2 --set retryIntervalSeconds=120',
      'settings set --project shop --reset retryCount',
    ],
    async ({ output, client }, { project, set = {}, reset = [] }: Change) => {
      const call = await client();
      const view = project
        ? await call('getProjectSettings', { params: { project } })
        : await call('getSettings', {});
      const body = changed(view.overrides, set, reset);
      const saved = project
        ? await call('putProjectSettings', { params: { project }, body, ifMatch: view.rev })
        : await call('putSettings', { body, ifMatch: view.rev });
      output.result(saved, () => 'saved; it holds for what starts within five minutes and later');
      return undefined;
    },
  );
};

const ofProject = (command: Command): Command =>
  command.option('--project <project>', 'default: the installation');

const changed = (
  before: SettingsOverrides,
  set: Readonly<Record<string, string>>,
  reset: readonly string[],
): SettingsOverrides => {
  const unknown = [...Object.keys(set), ...reset].filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new CliError(
      'usage',
      'usage',
      `no setting: ${unknown.join(', ')}; there are ${names.join(', ')}`,
    );
  const kept = Object.entries(before).filter(([name]) => !reset.includes(name));
  const given = Object.entries(set).map(([name, text]) => [name, readValue(text)]);
  const parsed = SettingsOverrides.safeParse(Object.fromEntries([...kept, ...given]));
  if (parsed.success) return parsed.data;
  throw new CliError(
    'usage',
    'invalid-input',
    'these settings cannot be saved',
    problemsOfIssues(parsed.error.issues),
  );
};

const readValue = (text: string): unknown =>
  text === 'true' || text === 'false' ? text === 'true' : text === '' ? text : Number(text);
