import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { AlertRule, maxAlertRules } from '../../shared/domain/alert/alert-rule.schema.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import {
  maxNotificationRules,
  NotificationRule,
} from '../../shared/domain/notice/notification-rule.schema.ts';
import type { Receiver } from '../../shared/domain/notice/receivers.schema.ts';
import { catalogTable, type RuleKind } from './catalog-table.ts';
import type { Revised } from './collection.ts';
import { getItem } from './instances.ts';
import { type Namer, namedBy, nameIt, type Reachable } from './named-by.ts';
import { newMark, writeMark } from './put-if.ts';
import { queryAll } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, Table } from './table.ts';

type Rules = { readonly notification: NotificationRule; readonly alert: AlertRule };

/** What decides whom a project tells of what. */
export type TellRules = {
  readonly notifications: readonly Revised<NotificationRule>[];
  readonly alerts: readonly Revised<AlertRule>[];
};

/** Why rules were not saved; `missing`: a contact, schedule or room of them is gone. */
export type RulesNotSaved =
  | { readonly why: 'stale' | 'full' | 'missing' }
  | { readonly why: 'name-taken'; readonly name: string };

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const schemas = { notification: NotificationRule, alert: AlertRule } as const;
const most = { notification: maxNotificationRules, alert: maxAlertRules } as const;

/** Notification rules and alert rules of projects: at most 100 of each, every name once. */
export const tellRules = (table: Table) => {
  const read = <K extends RuleKind>(kind: K, item: Item): Revised<Rules[K]> => {
    const parsed = schemas[kind].safeParse(item);
    if (!parsed.success || item.v !== 1)
      throw new Fault('RecordInvalid', `rule not readable: ${parsed.error?.message}`, {
        pk: String(item.pk),
        sk: String(item.sk),
      });
    return { ...(parsed.data as Rules[K]), rev: Number(item.rev) };
  };

  const find = async <K extends RuleKind>(kind: K, project: string, id: string) => {
    const item = await getItem(table, catalogTable.tellRule(kind, project, id));
    return item && read(kind, item);
  };

  const all = async <K extends RuleKind>(kind: K, project: string) => {
    const range = { partition: catalogTable.tellRules(project), prefix: `${kind}#`, strong: true };
    return (await queryAll(table, range)).map((item) => read(kind, item)).toSorted(byName);
  };

  /** All of them or none; what they name is counted as named in the same transaction. */
  const write = async <K extends RuleKind>(
    kind: K,
    changes: readonly Change<Rules[K]>[],
  ): Promise<Result<Revised<Rules[K]>[], RulesNotSaved>> => {
    const mark = newMark();
    const named = reachablesOf(changes.map(({ rule }) => rule));
    for (const { rule } of changes)
      await namedBy(table).putNamers(namerOf(kind, rule), reachablesOf([rule]));

    const saved = changes.map(({ rule, before }) => ({ ...rule, rev: (before?.rev ?? 0) + 1 }));
    const puts = changes.map(({ before }, n) =>
      putRule(table, kind, saved[n] as Saved, before, mark),
    );
    const names = changes.map(({ rule }) => putName(table, kind, rule));
    const created = changes.filter(({ before }) => before === undefined).length;
    const counts = created > 0 ? [count(table, kind, changes[0]?.rule as Named, created)] : [];
    const renamed = changes.flatMap(({ rule, before }) =>
      before && before.name.toLowerCase() !== rule.name.toLowerCase()
        ? [
            {
              Delete: {
                TableName: table.table,
                Key: catalogTable.tellName(kind, rule.project, before.name),
              },
            },
          ]
        : [],
    );
    const request = new TransactWriteCommand({
      TransactItems: [
        ...puts,
        ...names,
        ...counts,
        ...named.map((reachable) => nameIt(table, reachable)),
        ...renamed,
      ],
    });
    try {
      await withRetry(() => table.client.send(request), 'rules not written');
      return ok(saved);
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      if (reasons[0]?.Item?.[writeMark]?.S === mark) return ok(saved);
      const failed = (n: number) => reasons[n]?.Code === 'ConditionalCheckFailed';
      const taken = changes.find((_, n) => failed(puts.length + n));
      if (puts.some((_, n) => failed(n))) return err({ why: 'stale' });
      if (taken) return err({ why: 'name-taken', name: taken.rule.name });
      if (counts.length > 0 && failed(puts.length + names.length)) return err({ why: 'full' });
      return err({ why: 'missing' });
    }
  };

  return {
    findNotificationRule: (project: string, id: string) => find('notification', project, id),
    findAlertRule: (project: string, id: string) => find('alert', project, id),
    notificationRules: (project: string) => all('notification', project),
    alertRules: (project: string) => all('alert', project),
    saveNotificationRules: (changes: readonly Change<NotificationRule>[]) =>
      write('notification', changes),
    saveAlertRules: (changes: readonly Change<AlertRule>[]) => write('alert', changes),

    /** Both kinds by one look, for whoever matches them: eventually consistent, since it is remembered anyway. */
    async rulesOf(project: string): Promise<TellRules> {
      const items = await queryAll(table, { partition: catalogTable.tellRules(project) });
      const of = <K extends RuleKind>(kind: K) =>
        items.filter(({ sk }) => String(sk).startsWith(`${kind}#`)).map((item) => read(kind, item));
      return { notifications: of('notification'), alerts: of('alert') };
    },

    /** False when it is gone or has another revision. */
    async removeTellRule(kind: RuleKind, rule: Named & { readonly rev: number }): Promise<boolean> {
      const { project, id, name, rev } = rule;
      const TransactItems = [
        {
          Delete: {
            TableName: table.table,
            Key: catalogTable.tellRule(kind, project, id),
            ConditionExpression: 'rev = :was',
            ExpressionAttributeValues: { ':was': rev },
          },
        },
        { Delete: { TableName: table.table, Key: catalogTable.tellName(kind, project, name) } },
        count(table, kind, rule, -1),
      ];
      try {
        const request = new TransactWriteCommand({ TransactItems });
        await withRetry(() => table.client.send(request), 'rule not removed');
        return true;
      } catch (error) {
        if (error instanceof TransactionCanceledException) return false;
        throw error;
      }
    },
  };
};

/** A rule as it shall be; `before` as it was read, undefined for a new one. */
export type Change<T> = { readonly rule: T; readonly before?: Revised<T> | undefined };

type Named = { readonly project: string; readonly id: string; readonly name: string };
type Saved = Named & { readonly rev: number };

const byName = (a: Named, b: Named): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const namerOf = (kind: RuleKind, { project, id }: Named): Namer => `${kind}/${project}/${id}`;

type Telling = {
  readonly receivers: readonly Receiver[];
  readonly escalation?: { readonly receivers: readonly Receiver[] } | undefined;
};

/** What rules name as receivers, each once. */
export const reachablesOf = (rules: readonly Telling[]): readonly Reachable[] => {
  const named = rules
    .flatMap(({ receivers, escalation }) => [...receivers, ...(escalation?.receivers ?? [])])
    .flatMap((receiver): Reachable[] => (receiver.kind === 'owner' ? [] : [receiver]));
  return [...new Map(named.map((each) => [`${each.kind}#${each.name}`, each])).values()];
};

const putRule = (
  { table }: Table,
  kind: RuleKind,
  rule: Saved,
  before: { readonly rev: number } | undefined,
  mark: string,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...rule,
      ...catalogTable.tellRule(kind, rule.project, rule.id),
      v: 1,
      [writeMark]: mark,
    },
    ...(before
      ? { ConditionExpression: 'rev = :was', ExpressionAttributeValues: { ':was': before.rev } }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const putName = ({ table }: Table, kind: RuleKind, { project, id, name }: Named): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...catalogTable.tellName(kind, project, name), id },
    ConditionExpression: 'attribute_not_exists(pk) OR id = :id',
    ExpressionAttributeValues: { ':id': id },
  },
});

const count = (
  { table }: Table,
  kind: RuleKind,
  { project }: Pick<Named, 'project'>,
  change: number,
) => ({
  Update: {
    TableName: table,
    Key: catalogTable.tellCount(kind, project),
    UpdateExpression: 'ADD n :change',
    ConditionExpression: 'attribute_not_exists(n) OR n <= :room',
    ExpressionAttributeValues: { ':change': change, ':room': most[kind] - Math.max(0, change) },
  },
});
