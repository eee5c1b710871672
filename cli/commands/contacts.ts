import { type Command, Option } from 'commander';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { Language } from '../../shared/domain/notice/language.schema.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Fields = {
  readonly title?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly user?: string;
  readonly language?: string;
  readonly note?: string;
};

/** `nightshift contacts`: whom notices may be sent to. */
export const addContacts = (program: Command): void => {
  const parent = program.command('contacts').description('contacts: list, create, change, remove');

  runs(
    parent
      .command('ls')
      .description('contacts by name')
      .option('--text <text>', 'part of a name, title, address, number or user'),
    ['contacts ls', 'contacts ls --text oncall --json'],
    async ({ output, client }, { text }: { readonly text?: string }) => {
      const call = await client();
      const { items } = await call('listContacts', { query: { text } });
      output.result(items, () =>
        tableOf(
          ['CONTACT', 'TITLE', 'EMAIL', 'PHONE', 'USER'],
          items.map(({ name, title, email, phone, user }) => [name, title, email, phone, user]),
        ),
      );
      return undefined;
    },
  );

  runs(
    withFields(parent.command('create').description('add a contact').argument('<name>')),
    ['contacts create data_team --title "Data team" --email data@example.com'],
    async ({ output, client }, options: Fields, name: string) => {
      const call = await client();
      const body = { name, title: options.title ?? name, ...fieldsOf(options) };
      const contact = await call('createContact', { body });
      output.result(contact, () => `${contact.name} is created`);
      return undefined;
    },
  );

  runs(
    withFields(
      parent
        .command('set')
        .description('change a contact; an empty text takes a field away')
        .argument('<name>'),
    ),
    ['contacts set data_team --phone +4930123456', 'contacts set data_team --note ""'],
    async ({ output, client }, options: Fields, name: string) => {
      const call = await client();
      const { rev, name: _name, ...before } = await find(call, name);
      const contact = await call('updateContact', {
        params: { name },
        body: given({ ...before, ...fieldsOf(options) }),
        ifMatch: rev,
      });
      output.result(contact, () => `${contact.name} is saved`);
      return undefined;
    },
  );

  runs(
    parent.command('rm').description('remove a contact').argument('<name>'),
    ['contacts rm data_team'],
    async ({ output, client }, _options: object, name: string) => {
      const call = await client();
      const { rev } = await find(call, name);
      const done = await call('deleteContact', { params: { name }, ifMatch: rev });
      output.result(done, () => `${name} is removed`);
      return undefined;
    },
  );
};

const withFields = (command: Command): Command =>
  command
    .option('--title <text>', 'name for people')
    .option('--email <address>')
    .option('--phone <number>', 'international, such as +4930123456')
    .option('--user <user>', 'who signs in under this name')
    .addOption(new Option('--language <language>', 'of messages to it').choices(Language.options))
    .option('--note <text>');

const fieldsOf = ({ title, email, phone, user, language, note }: Fields) =>
  Object.fromEntries(
    Object.entries({ title, email, phone, user, language, note }).filter(
      ([, value]) => value !== undefined,
    ),
  );

/** Without the fields that were emptied. */
const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as T;

const find = async (call: Client, name: string) => {
  const { items } = await call('listContacts', {});
  const contact = items.find((each) => each.name === name);
  if (!contact) throw new CliError('notFound', 'contact-not-found', `there is no contact ${name}`);
  return contact;
};
