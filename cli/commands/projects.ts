import { type Command, Option } from 'commander';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import { several, zone } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Settable = {
  readonly title?: string;
  readonly zone?: string;
  readonly dst?: 'shift' | 'skip';
  readonly floor?: '5' | '1';
  readonly allowHost?: readonly string[];
};
type Create = Settable & { readonly mode: 'basic' | 'dev-prod' };
type Change = Settable & { readonly denyHost?: readonly string[] };

/** `nightshift projects`. */
export const addProjects = (program: Command): void => {
  const parent = program.command('projects').description('projects: create, list, change');

  runs(
    settable(
      parent.command('create').description('create a project').argument('<project>', 'name'),
    ).addOption(
      new Option('--mode <mode>', 'one environment, or development beside production')
        .choices(['basic', 'dev-prod'])
        .default('basic'),
    ),
    [
      'projects create shop --zone Europe/Berlin --dst shift',
      'projects create lab --mode dev-prod --json',
    ],
    async ({ output, client }, options: Create, name: string) => {
      const call = await client();
      const project = await call('createProject', {
        body: {
          name,
          ...changesOf(options),
          mode: options.mode,
          allowHosts: [...(options.allowHost ?? [])],
        },
      });
      output.result(project, () => textOf(project));
      return undefined;
    },
  );

  runs(
    settable(
      parent.command('set').description('change a project').argument('<project>', 'name'),
    ).option('--deny-host <host>', 'take a host from the allowed ones; may be repeated', several),
    [
      'projects set shop --allow-host 127.0.0.1:9000',
      'projects set shop --zone Asia/Tokyo --floor 1',
    ],
    async ({ output, client }, options: Change, name: string) => {
      const call = await client();
      const { allowHosts, rev } = await call('getProject', { params: { project: name } });
      const hosts = new Set([...allowHosts, ...(options.allowHost ?? [])]);
      for (const host of options.denyHost ?? []) hosts.delete(host);
      const hostsChange = options.allowHost || options.denyHost ? { allowHosts: [...hosts] } : {};
      const body = { ...changesOf(options), ...hostsChange };
      if (Object.keys(body).length === 0)
        throw new CliError(
          'usage',
          'usage',
          'nothing to change: give --zone, --dst, --allow-host, …',
        );

      const project = await call('updateProject', {
        params: { project: name },
        body,
        ifMatch: rev,
      });
      output.result(project, () => textOf(project));
      return undefined;
    },
  );

  runs(
    parent.command('ls').description('the projects that you may see'),
    ['projects ls', 'projects ls --json'],
    async ({ output, client }) => {
      const call = await client();
      const projects = await allPages((cursor) =>
        call('listProjects', { query: { limit: 200, cursor } }),
      );
      output.result(projects, () =>
        tableOf(
          ['PROJECT', 'ZONE', 'DST', 'MODE', 'ALLOWED HOSTS'],
          projects.map(({ name, zone, dst, mode, allowHosts }) => [
            name,
            zone,
            dst,
            mode,
            allowHosts.join(' '),
          ]),
        ),
      );
      return undefined;
    },
  );
};

const settable = (command: Command): Command =>
  command
    .option('--title <text>', 'name for people')
    .option('--zone <tz>', 'IANA time zone of its schedules', zone)
    .addOption(
      new Option('--dst <policy>', 'local times that do not exist').choices(['shift', 'skip']),
    )
    .addOption(
      new Option('--floor <minutes>', 'smallest distance of two fires').choices(['5', '1']),
    )
    .option(
      '--allow-host <host>',
      'private host[:port] that http tasks may reach; may be repeated',
      several,
    );

const changesOf = ({ title, zone, dst, floor }: Settable) => ({
  ...(title === undefined ? {} : { title }),
  ...(zone === undefined ? {} : { zone }),
  ...(dst === undefined ? {} : { dst }),
  ...(floor === undefined ? {} : { floorMinutes: floor === '1' ? (1 as const) : (5 as const) }),
});

const textOf = ({ name, zone, dst, mode, allowHosts }: Project): string =>
  `${name}: zone ${zone}, ${dst}, ${mode}${allowHosts.length > 0 ? `, allowed hosts ${allowHosts.join(' ')}` : ''}`;
