import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { ChannelKind } from '../../shared/domain/notice/channel.schema.ts';
import { Language } from '../../shared/domain/notice/language.schema.ts';
import type { TemplateKey } from '../../shared/domain/notice/message-template.schema.ts';
import { NoticeReason } from '../../shared/domain/notice/notice.schema.ts';
import { OccurrenceKind } from '../../shared/domain/notice/occurrence.schema.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';

type Words = { readonly subject?: string; readonly bodyFile?: string; readonly note?: string };

/** `nightshift templates`: the words of messages. */
export const addTemplates = (program: Command): void => {
  const parent = program
    .command('templates')
    .description('words of messages: list, show, change, preview, revert');

  runs(
    parent.command('ls').description('words that administrators have changed'),
    ['templates ls'],
    async ({ output, client }) => {
      const { items } = await (await client())('listMessageTemplates', {});
      output.result(items, () =>
        tableOf(
          ['CHANNEL', 'KIND', 'LANGUAGE', 'VERSION', 'BY', 'SUBJECT'],
          items.map((each) => [
            ...[each.channel, each.kind, each.language, String(each.version), each.by],
            each.builtIn ? '(built in)' : each.subject,
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    keyed(parent.command('show').description('the words that count, and what they may name')),
    ['templates show --channel mail --kind task-failed'],
    async ({ output, client }, key: TemplateKey) => {
      const found = await (await client())('getMessageTemplate', { params: keyOf(key) });
      output.result(found, () =>
        [
          `${found.custom ? `version ${found.rev} by ${found.by}` : 'built in'}`,
          `subject: ${found.current.subject}`,
          ...['', found.current.body, ''],
          ...found.facts.map(({ name, about }) => `{${name}}  ${about}`),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    keyed(parent.command('set').description('change the words; a new version'))
      .option('--subject <text>', 'default: as it is')
      .option('--body-file <path>', 'file with the body; default: as it is')
      .option('--note <text>', 'why'),
    [
      'templates set --channel mail --kind task-failed --body-file words.txt --note "say whom to call"',
    ],
    async ({ output, client }, { subject, bodyFile, note, ...key }: TemplateKey & Words) => {
      const call = await client();
      const params = keyOf(key);
      const { current, rev } = await call('getMessageTemplate', { params });
      const body = bodyFile === undefined ? current.body : readFileSync(bodyFile, 'utf8');
      const saved = await call('saveMessageTemplate', {
        params,
        body: { subject: subject ?? current.subject, body, ...(note ? { note } : {}) },
        ifMatch: rev,
      });
      output.result(saved, () => `version ${saved.rev} counts now`);
      return undefined;
    },
  );

  runs(
    keyed(parent.command('preview').description('draw a message about an example')).addOption(
      new Option('--reason <reason>').choices(NoticeReason.options).default('occurrence'),
    ),
    ['templates preview --channel sms --kind run-failed --language zh-CN'],
    async (
      { output, client },
      { reason, ...key }: TemplateKey & { readonly reason: NoticeReason },
    ) => {
      const drawn = await (await client())('previewMessage', { body: { ...keyOf(key), reason } });
      output.result(
        drawn,
        () => `${drawn.content.subject}\n\n${drawn.content.markdown ?? drawn.content.text}`,
      );
      return undefined;
    },
  );

  runs(
    keyed(
      parent.command('revert').description('let an earlier version count again'),
    ).requiredOption('--to <version>', 'a version; 0: the words built in'),
    ['templates revert --channel mail --kind task-failed --to 0'],
    async ({ output, client }, { to, ...key }: TemplateKey & { readonly to: string }) => {
      const call = await client();
      const params = keyOf(key);
      const { rev } = await call('getMessageTemplate', { params });
      const saved = await call('revertMessageTemplate', {
        ...{ params, body: { to: Number(to) }, ifMatch: rev },
      });
      output.result(saved, () => `version ${saved.rev} counts now`);
      return undefined;
    },
  );
};

const keyed = (command: Command): Command =>
  command
    .addOption(new Option('--channel <channel>').choices(ChannelKind.options).makeOptionMandatory())
    .addOption(new Option('--kind <kind>').choices(OccurrenceKind.options).makeOptionMandatory())
    .addOption(new Option('--language <language>').choices(Language.options).default('en'));

const keyOf = ({ channel, kind, language }: TemplateKey): TemplateKey => ({
  ...{ channel, kind, language },
});
