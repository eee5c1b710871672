import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { type ReactNode, useState } from 'react';
import type { NotificationRuleView } from '../../../../shared/contracts/api/notification-routes.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { DeleteDialog } from '../../ui/form/delete-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { EnabledText } from '../../ui/status/enabled-text.tsx';
import { At } from '../../ui/time/at.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { useNotificationAction } from './notify.queries.ts';
import { ReceiversText } from './receivers-text.tsx';

/** The notifications of a project with what can be done to each (W34). */
export const NotificationTable = ({
  rules,
  mayEdit,
  maySwitch,
  actions,
  empty,
  onEdit,
}: {
  rules: readonly NotificationRuleView[];
  mayEdit: boolean;
  maySwitch: boolean;
  actions: ReactNode;
  empty: ReactNode;
  onEdit: (rule: NotificationRuleView) => void;
}) => {
  const t = useT();
  const say = useSay();
  const act = useNotificationAction();
  const [doomed, setDoomed] = useState<NotificationRuleView>();
  const [copied, setCopied] = useState<NotificationRuleView>();
  const { shown, pagination } = useLocalPages(rules, 25);

  const refused = (error: Error) =>
    say({
      type: 'error',
      header: t('problem.action', { action: t('common.actions') }),
      content: error.message,
    });
  const choose = (id: string, rule: NotificationRuleView) => {
    if (id === 'edit') onEdit(rule);
    else if (id === 'copy') setCopied(rule);
    else if (id === 'delete') setDoomed(rule);
    else
      act.mutate(
        { act: id === 'test' ? 'test' : 'switch', rule },
        {
          onSuccess: () => id === 'test' && say({ type: 'success', content: t('notify.tested') }),
          onError: refused,
        },
      );
  };
  const developerOnly = mayEdit
    ? {}
    : { disabled: true, disabledReason: t('notify.needs-developer') };

  return (
    <>
      <ListTable<NotificationRuleView>
        name={t('nrules.title')}
        title={t('nrules.title')}
        description={t('nrules.about')}
        count={String(rules.length)}
        items={shown}
        idOf={({ id }) => id}
        actions={actions}
        pagination={pagination}
        empty={empty}
        columns={[
          { id: 'name', header: t('common.name'), isRowHeader: true, cell: ({ name }) => name },
          {
            id: 'items',
            header: t('nrules.item'),
            cell: ({ items }) => (
              <span className="cell-text">
                {items.map((item) => t(`nrules.item.${item}`)).join(', ')}
              </span>
            ),
          },
          {
            id: 'sphere',
            header: t('nrules.sphere'),
            cell: ({ sphere, watched }) => (
              <>
                <span className="cell-text">
                  {sphere.kind === 'project'
                    ? t('nrules.sphere.project')
                    : (sphere.kind === 'tags' ? sphere.tags : sphere.workflows).join(', ')}
                </span>
                <Box fontSize="body-s" color="text-body-secondary">
                  {t('nrules.watched', { count: watched })}
                </Box>
              </>
            ),
          },
          {
            id: 'methods',
            header: t('notify.methods'),
            cell: ({ methods }) => methods.map((kind) => t(`channel.${kind}`)).join(', '),
          },
          {
            id: 'receivers',
            header: t('nrules.object'),
            cell: ({ receivers }) => <ReceiversText receivers={receivers} />,
          },
          {
            id: 'enabled',
            header: t('notify.enabled'),
            cell: ({ enabled }) => <EnabledText enabled={enabled} />,
          },
          {
            id: 'last',
            header: t('notify.last-sent'),
            cell: ({ lastSentAt }) => (lastSentAt ? <At at={lastSentAt} /> : t('notify.never')),
          },
          { id: 'by', header: t('notify.by'), cell: ({ createdBy }) => createdBy },
          {
            id: 'actions',
            header: t('common.actions'),
            cell: (rule) => (
              <ButtonDropdown
                variant="inline-icon"
                ariaLabel={t('notify.more', { name: rule.name })}
                expandToViewport
                items={[
                  {
                    id: 'switch',
                    text: t(rule.enabled ? 'notify.deactivate' : 'notify.activate'),
                    ...(maySwitch
                      ? {}
                      : { disabled: true, disabledReason: t('notify.needs-operator') }),
                  },
                  { id: 'edit', text: t('common.edit'), ...developerOnly },
                  { id: 'copy', text: t('notify.copy'), ...developerOnly },
                  { id: 'test', text: t('notify.test'), ...developerOnly },
                  { id: 'delete', text: t('common.delete'), ...developerOnly },
                ]}
                onItemClick={({ detail }) => choose(detail.id, rule)}
              />
            ),
          },
        ]}
      />
      {copied && <CopyDialog rule={copied} onClose={() => setCopied(undefined)} />}
      {doomed && (
        <DeleteDialog
          name={doomed.name}
          error={act.error}
          deleting={act.isPending}
          onDelete={() =>
            act.mutate({ act: 'delete', rule: doomed }, { onSuccess: () => setDoomed(undefined) })
          }
          onClose={() => setDoomed(undefined)}
        >
          <Box>{t('nrules.delete-hint')}</Box>
        </DeleteDialog>
      )}
    </>
  );
};
