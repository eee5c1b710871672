import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { AlertRuleView } from '../../../../shared/contracts/api/alert-rule-routes.ts';
import type { NotificationRuleView } from '../../../../shared/contracts/api/notification-routes.ts';
import type { AlertWish, AlertWishes } from '../../../../shared/domain/alert/alert-rule.schema.ts';
import type { NotificationWish } from '../../../../shared/domain/notice/notification-rule.schema.ts';
import { call } from '../../api/call.ts';

const keys = { rules: ['notification-rules'], alerts: ['alert-rules'] } as const;

export const notificationRulesQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.rules, project],
    queryFn: () => call('listNotificationRules', { params: { project } }),
  });

export const alertRulesQuery = (project: string) =>
  queryOptions({
    queryKey: [...keys.alerts, project],
    queryFn: () => call('listAlertRules', { params: { project }, query: {} }),
  });

/** Everybody and everything that a rule may name as a receiver. */
export const receiversQuery = () =>
  queryOptions({
    queryKey: ['receivers'],
    queryFn: async () => {
      const [contacts, duty, rooms] = await Promise.all([
        call('listContacts', { query: {} }),
        call('listDutySchedules', { query: {} }),
        call('listRooms', {}),
      ]);
      return { contacts: contacts.items, duty: duty.items, rooms: rooms.items };
    },
    staleTime: 30_000,
  });

type Row<V extends { project: string; id: string; rev: number }> = Pick<
  V,
  'project' | 'id' | 'rev'
>;

const paramsOf = ({ project, id }: { readonly project: string; readonly id: string }) => ({
  project,
  rule: id,
});

/** Creates a notification, or replaces the one of `of`. */
export const useSaveNotification = () =>
  useChange(
    keys.rules,
    ({
      project,
      wish,
      of,
    }: {
      project: string;
      wish: z.input<typeof NotificationWish>;
      of: NotificationRuleView | undefined;
    }) =>
      of
        ? call('updateNotificationRule', { params: paramsOf(of), body: wish, ifMatch: of.rev })
        : call('createNotificationRule', { params: { project }, body: wish }),
  );

export const useNotificationAction = () =>
  useChange(
    keys.rules,
    async ({
      act,
      rule,
    }: {
      act: 'switch' | 'delete' | 'test';
      rule: NotificationRuleView;
    }): Promise<unknown> => {
      const params = paramsOf(rule);
      if (act === 'test') return call('testNotificationRule', { params });
      return act === 'switch'
        ? call('switchNotificationRule', {
            params,
            body: { enabled: !rule.enabled },
            ifMatch: rule.rev,
          })
        : call('deleteNotificationRule', { params, ifMatch: rule.rev });
    },
  );

export const useCopyNotification = () =>
  useChange(keys.rules, ({ rule, name }: { rule: Row<NotificationRuleView>; name: string }) =>
    call('copyNotificationRule', { params: paramsOf(rule), body: { name } }),
  );

/** Creates a rule for each condition, or replaces the one of `of`. */
export const useSaveAlertRule = () =>
  useChange(
    keys.alerts,
    async ({
      project,
      wishes,
      of,
    }: {
      project: string;
      wishes: z.input<typeof AlertWishes>;
      of: AlertRuleView | undefined;
    }): Promise<unknown> => {
      const { conditions, ...settings } = wishes;
      const [condition] = conditions;
      return of && condition
        ? call('updateAlertRule', {
            params: paramsOf(of),
            body: { ...settings, condition } satisfies z.input<typeof AlertWish>,
            ifMatch: of.rev,
          })
        : call('createAlertRules', { params: { project }, body: wishes });
    },
  );

export const useAlertRuleAction = () =>
  useChange(
    keys.alerts,
    async ({ act, rule }: { act: 'delete' | 'test'; rule: AlertRuleView }): Promise<unknown> =>
      act === 'test'
        ? call('testAlertRule', { params: paramsOf(rule) })
        : call('deleteAlertRule', { params: paramsOf(rule), ifMatch: rule.rev }),
  );

const useChange = <Input, Reply>(
  key: readonly string[],
  change: (input: Input) => Promise<Reply>,
) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
};
