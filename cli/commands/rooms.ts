import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { RouteRequest } from '../../shared/contracts/api/route.ts';
import type { Routes } from '../../shared/contracts/api/routes.ts';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { roomChannels } from '../../shared/domain/notice/channel.schema.ts';
import { Language } from '../../shared/domain/notice/language.schema.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Fields = {
  readonly title?: string;
  readonly url?: string;
  readonly secretFile?: string;
  readonly language?: Language;
  readonly private?: boolean;
  readonly enabled?: boolean;
};
type NewRoom = RouteRequest<Routes['createRoom']>['body'];

/** `nightshift rooms`: rooms and programs that notices are posted to. */
export const addRooms = (program: Command): void => {
  const parent = program.command('rooms').description('rooms: list, create, change, try, remove');

  runs(
    parent.command('ls').description('rooms by name'),
    ['rooms ls', 'rooms ls --json'],
    async ({ output, client }) => {
      const { items } = await (await client())('listRooms', {});
      output.result(items, () =>
        tableOf(
          ['ROOM', 'KIND', 'ADDRESS', 'SIGNED', 'LANGUAGE', 'STATE'],
          items.map((room) => [
            ...[room.name, room.kind, room.address, room.signed ? 'yes' : 'no', room.language],
            room.enabled ? 'on' : 'off',
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    withFields(
      parent
        .command('create')
        .description('add a room')
        .argument('<name>')
        .addOption(new Option('--kind <kind>').choices([...roomChannels]).makeOptionMandatory()),
    ),
    [
      'rooms create night --kind slack --url https://hooks.slack.com/services/…',
      'rooms create ops --kind dingtalk --url https://oapi.dingtalk.com/robot/send?access_token=… --secret-file secret.txt',
    ],
    async (
      { output, client },
      { kind, ...options }: Fields & { readonly kind: NewRoom['kind'] },
      name: string,
    ) => {
      if (options.url === undefined)
        throw new CliError('usage', 'invalid-input', 'say where to post to with --url');
      const body = { name, kind, title: name, url: options.url, ...fieldsOf(options) };
      const room = await (await client())('createRoom', { body });
      output.result(room, () => `${room.name} is created; try it with: rooms test ${room.name}`);
      return undefined;
    },
  );

  runs(
    withFields(
      parent
        .command('set')
        .description('change a room; what is left out stays, an empty secret file takes it away')
        .argument('<name>'),
    ),
    ['rooms set night --title "Night shift"', 'rooms set night --no-enabled'],
    async ({ output, client }, options: Fields, name: string) => {
      const call = await client();
      const { rev, title, language, allowPrivate, enabled } = await find(call, name);
      const { secret, ...fields } = fieldsOf(options);
      const room = await call('updateRoom', {
        params: { name },
        body: {
          ...{ title, language, allowPrivate, enabled, ...fields },
          ...(secret === undefined ? {} : { secret: secret === '' ? null : secret }),
        },
        ifMatch: rev,
      });
      output.result(room, () => `${room.name} is saved`);
      return undefined;
    },
  );

  runs(
    parent.command('test').description('send a room an example').argument('<name>'),
    ['rooms test night'],
    async ({ output, client }, _options: object, name: string) => {
      const done = await (await client())('testRoom', { params: { name } });
      output.result(done, () => (done.sent ? `${name} took it` : `${done.problem}`));
      return done.sent ? undefined : 'failed';
    },
  );

  runs(
    parent.command('rm').description('remove a room that no rule names').argument('<name>'),
    ['rooms rm night'],
    async ({ output, client }, _options: object, name: string) => {
      const call = await client();
      const { rev } = await find(call, name);
      const done = await call('deleteRoom', { params: { name }, ifMatch: rev });
      output.result(done, () => `${name} is removed`);
      return undefined;
    },
  );
};

/** A secret comes from a file: what stands in a command line, everybody on the machine can read. */
const withFields = (command: Command): Command =>
  command
    .option('--title <text>', 'name for people')
    .option('--url <address>', 'where to post to; not shown again')
    .option('--secret-file <path>', 'file with the secret that signs; not shown again')
    .addOption(new Option('--language <language>', 'of messages').choices(Language.options))
    .option('--private', 'the address may be one of a private network')
    .option('--no-private')
    .option('--enabled', 'messages are sent to it')
    .option('--no-enabled');

const fieldsOf = ({ title, url, secretFile, language, private: allowPrivate, enabled }: Fields) => {
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8').trim();
  const fields = { title, url, secret, language, allowPrivate, enabled };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<NewRoom>;
};

const find = async (call: Client, name: string) => {
  const { items } = await call('listRooms', {});
  const room = items.find((each) => each.name === name);
  if (!room) throw new CliError('notFound', 'room-not-found', `there is no room ${name}`);
  return room;
};
