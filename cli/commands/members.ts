import { type Command, Option } from 'commander';
import { Role } from '../../shared/domain/project/project.schema.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Add = { readonly role: Role; readonly comment?: string };

/** `nightshift members`: who may do what in a project. */
export const addMembers = (program: Command): void => {
  const parent = program.command('members').description('members of a project: list, set, remove');

  runs(
    parent.command('ls').description('the members of a project').argument('<project>'),
    ['members ls shop'],
    async ({ output, client }, _options: object, project: string) => {
      const { members } = await (await client())('getProject', { params: { project } });
      output.result(members, () =>
        tableOf(
          ['USER', 'ROLE'],
          members.map(({ user, role }) => [user, role]),
        ),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('set')
      .description('add a member, or change its role')
      .argument('<project>')
      .argument('<user>')
      .addOption(new Option('--role <role>').choices(Role.options).makeOptionMandatory())
      .option('--comment <text>', 'why; kept in the operation log'),
    ['members set shop ann --role operator'],
    async ({ output, client }, { role, comment }: Add, project: string, user: string) => {
      const call = await client();
      const { rev } = await call('getProject', { params: { project } });
      const saved = await call('putMember', {
        params: { project, user },
        body: { role, comment },
        ifMatch: rev,
      });
      output.result(saved.members, () => `${user} is ${role} of ${project}`);
      return undefined;
    },
  );

  runs(
    parent
      .command('rm')
      .description('take a member out; the last administrator stays')
      .argument('<project>')
      .argument('<user>'),
    ['members rm shop ann'],
    async ({ output, client }, _options: object, project: string, user: string) => {
      const call = await client();
      const { rev } = await call('getProject', { params: { project } });
      const saved = await call('removeMember', { params: { project, user }, ifMatch: rev });
      output.result(saved.members, () => `${user} is no member of ${project} any more`);
      return undefined;
    },
  );
};
