import type { Command } from 'commander';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { AlertWishes } from '../../shared/domain/alert/alert-rule.schema.ts';
import { NotificationWish } from '../../shared/domain/notice/notification-rule.schema.ts';
import { problemsOfIssues } from '../../shared/domain/workflow/problems-of-issues.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { readDocument } from '../read-document.ts';
import { runs } from '../run-command.ts';

/** `nightshift rules`: notifications and alert rules of a project. */
export const addRules = (program: Command): void => {
  const parent = program
    .command('rules')
    .description('notifications and alert rules: list, create, switch, try, remove');

  runs(
    parent.command('ls').description('rules of a project').argument('<project>'),
    ['rules ls shop', 'rules ls shop --json'],
    async ({ output, client }, _options: object, project: string) => {
      const rules = await all(await client(), project);
      output.result(rules, () =>
        tableOf(
          ['RULE', 'KIND', 'NAME', 'ABOUT', 'BY', 'ON', 'LAST SENT'],
          rules.map(({ id, kind, name, about, by, enabled, lastSentAt }) => [
            ...[id, kind, name, about, by, enabled ? 'on' : 'off', lastSentAt],
          ]),
        ),
      );
      return undefined;
    },
  );

  runs(
    parent
      .command('notify')
      .description(
        'add a notification from a YAML or JSON file: name, items, sphere, methods, receivers',
      )
      .argument('<project>')
      .argument('<file>'),
    ['rules notify shop notification.yaml'],
    async ({ output, client }, _options: object, project: string, file: string) => {
      const body = checked(NotificationWish.safeParse(await readDocument(file)));
      const call = await client();
      const rule = await call('createNotificationRule', { params: { project }, body });
      output.result(rule, () => `${rule.name} is created: ${rule.id}`);
      return undefined;
    },
  );

  runs(
    parent
      .command('alert')
      .description('add alert rules from a YAML or JSON file, one for each of its conditions')
      .argument('<project>')
      .argument('<file>'),
    ['rules alert shop late.yaml'],
    async ({ output, client }, _options: object, project: string, file: string) => {
      const body = checked(AlertWishes.safeParse(await readDocument(file)));
      const call = await client();
      const { items } = await call('createAlertRules', { params: { project }, body });
      output.result(items, () =>
        items.map(({ name, id }) => `${name} is created: ${id}`).join('\n'),
      );
      return undefined;
    },
  );

  for (const [word, enabled] of [
    ['on', true],
    ['off', false],
  ] as const)
    runs(
      one(parent, word, `switch a rule ${word}`),
      [`rules ${word} shop "Failed runs"`],
      async ({ output, client }, _options: object, project: string, name: string) => {
        const call = await client();
        const { kind, id, rev } = await find(call, project, name);
        if (kind === 'notification')
          await call('switchNotificationRule', {
            ...{ params: { project, rule: id }, body: { enabled }, ifMatch: rev },
          });
        else
          await call('switchAlertRules', { params: { project }, body: { rules: [id], enabled } });
        output.result({ id, enabled }, () => `${name} is ${word}`);
        return undefined;
      },
    );

  runs(
    one(parent, 'test', 'send a test message to the receivers of a rule'),
    ['rules test shop "Failed runs"'],
    async ({ output, client }, _options: object, project: string, name: string) => {
      const call = await client();
      const { kind, id: rule } = await find(call, project, name);
      const route = kind === 'notification' ? 'testNotificationRule' : 'testAlertRule';
      const done = await call(route, { params: { project, rule } });
      output.result(done, () => `a test of ${name} is on its way`);
      return undefined;
    },
  );

  runs(
    one(parent, 'rm', 'remove a rule; what it told stays'),
    ['rules rm shop "Failed runs"'],
    async ({ output, client }, _options: object, project: string, name: string) => {
      const call = await client();
      const { kind, id: rule, rev } = await find(call, project, name);
      const route = kind === 'notification' ? 'deleteNotificationRule' : 'deleteAlertRule';
      const done = await call(route, { params: { project, rule }, ifMatch: rev });
      output.result(done, () => `${name} is removed`);
      return undefined;
    },
  );
};

const one = (parent: Command, name: string, description: string): Command =>
  parent
    .command(name)
    .description(description)
    .argument('<project>')
    .argument('<rule>', 'its id or its name');

/** Both kinds in one list, by name. */
const all = async (call: Client, project: string) => {
  const [notifications, alerts] = await Promise.all([
    call('listNotificationRules', { params: { project } }),
    call('listAlertRules', { params: { project } }),
  ]);
  return [
    ...notifications.items.map((rule) => ({
      ...{ id: rule.id, kind: 'notification' as const, name: rule.name, rev: rule.rev },
      ...{ about: rule.items.join(', '), by: rule.methods.join(', ') },
      ...{ enabled: rule.enabled, lastSentAt: rule.lastSentAt },
    })),
    ...alerts.items.map((rule) => ({
      ...{ id: rule.id, kind: 'alert' as const, name: rule.name, rev: rule.rev },
      ...{ about: rule.condition.on, by: rule.channels.join(', ') },
      ...{ enabled: rule.enabled, lastSentAt: rule.lastSentAt },
    })),
  ];
};

/** By id, else by name; a name that both kinds have must be said by its id. */
const find = async (call: Client, project: string, name: string) => {
  const rules = await all(call, project);
  const named = rules.filter((rule) => rule.id === name || rule.name === name);
  const [rule] = named;
  if (!rule)
    throw new CliError('notFound', 'rule-not-found', `project ${project} has no rule ${name}`);
  if (named.length > 1)
    throw new CliError(
      'usage',
      'invalid-input',
      `a notification and an alert rule are named ${name}; say which by its id: ${named.map(({ id }) => id).join(', ')}`,
    );
  return rule;
};

type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false;
      readonly error: { readonly issues: Parameters<typeof problemsOfIssues>[0] };
    };

/** The document, or all that is wrong with it. */
const checked = <T>(parsed: Parsed<T>): T => {
  if (parsed.success) return parsed.data;
  const problems = problemsOfIssues(parsed.error.issues);
  throw new CliError(
    'usage',
    'invalid-input',
    problems.map(({ path, message }) => `${path}: ${message}`).join('\n'),
  );
};
