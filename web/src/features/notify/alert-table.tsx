import Box from '@cloudscape-design/components/box';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type ReactNode, useState } from 'react';
import type { AlertRuleView } from '../../../../shared/contracts/api/alert-rule-routes.ts';
import type { AlertCondition } from '../../../../shared/domain/alert/alert-rule.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { DeleteDialog } from '../../ui/form/delete-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ListTable, type Selection } from '../../ui/list/list-table.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { EnabledText } from '../../ui/status/enabled-text.tsx';
import { At } from '../../ui/time/at.tsx';
import { useAlertRuleAction } from './notify.queries.ts';
import { ReceiversText } from './receivers-text.tsx';

const looks = { info: 'info', warning: 'warning', critical: 'error' } as const;

/** The alert rules of a project; rows are chosen for what is done to several. */
export const AlertTable = ({
  rules,
  selection,
  refusal,
  actions,
  empty,
  onEdit,
}: {
  rules: readonly AlertRuleView[];
  selection: Selection<AlertRuleView>;
  /** Why rules cannot be changed. */
  refusal: string | undefined;
  actions: ReactNode;
  empty: ReactNode;
  onEdit: (rule: AlertRuleView) => void;
}) => {
  const t = useT();
  const say = useSay();
  const act = useAlertRuleAction();
  const [doomed, setDoomed] = useState<AlertRuleView>();
  const { shown, pagination } = useLocalPages(rules, 25);
  const guarded = refusal === undefined ? {} : { disabled: true, disabledReason: refusal };

  return (
    <>
      <ListTable<AlertRuleView>
        name={t('arules.title')}
        title={t('arules.title')}
        description={t('arules.about')}
        count={String(rules.length)}
        items={shown}
        idOf={({ id }) => id}
        selection={selection}
        actions={actions}
        pagination={pagination}
        empty={empty}
        columns={[
          { id: 'name', header: t('common.name'), isRowHeader: true, cell: ({ name }) => name },
          {
            id: 'object',
            header: t('arules.object'),
            cell: ({ scope }) => (
              <span className="cell-text">
                {scope.level === 'task'
                  ? scope.tasks.map(({ workflow, task }) => `${workflow}/${task}`).join(', ')
                  : [t('arules.level.project'), ...(scope.kinds ?? [])].join(', ')}
              </span>
            ),
          },
          {
            id: 'condition',
            header: t('arules.condition'),
            cell: ({ condition }) => <ConditionText condition={condition} />,
          },
          {
            id: 'severity',
            header: t('arules.severity'),
            cell: ({ severity }) => (
              <StatusIndicator type={looks[severity]}>
                {t(`arules.severity.${severity}`)}
              </StatusIndicator>
            ),
          },
          {
            id: 'channels',
            header: t('arules.channels'),
            cell: ({ channels }) => channels.map((kind) => t(`channel.${kind}`)).join(', '),
          },
          {
            id: 'receivers',
            header: t('receiver.field'),
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
            id: 'updated',
            header: t('common.updated'),
            cell: ({ updatedAt }) => <At at={updatedAt} />,
          },
          {
            id: 'actions',
            header: t('common.actions'),
            cell: (rule) => (
              <ButtonDropdown
                variant="inline-icon"
                ariaLabel={t('notify.more', { name: rule.name })}
                expandToViewport
                items={[
                  { id: 'edit', text: t('common.edit'), ...guarded },
                  { id: 'test', text: t('notify.test'), ...guarded },
                  { id: 'delete', text: t('common.delete'), ...guarded },
                ]}
                onItemClick={({ detail: { id } }) => {
                  if (id === 'edit') onEdit(rule);
                  else if (id === 'delete') setDoomed(rule);
                  else
                    act.mutate(
                      { act: 'test', rule },
                      {
                        onSuccess: () => say({ type: 'success', content: t('notify.tested') }),
                        onError: ({ message }) => say({ type: 'error', content: message }),
                      },
                    );
                }}
              />
            ),
          },
        ]}
      />
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
          <Box>{t('arules.delete-hint')}</Box>
        </DeleteDialog>
      )}
    </>
  );
};

const ConditionText = ({ condition }: { condition: AlertCondition }) => {
  const t = useT();
  const detail = {
    error: '',
    completed: '',
    'auto-retried': '',
    timeout: condition.on === 'timeout' ? `${condition.minutes} min` : '',
    'not-started': condition.on === 'not-started' ? condition.by : '',
    'not-completed':
      condition.on === 'not-completed'
        ? (condition.by ??
          Object.entries(condition.byCycle ?? {})
            .map(([cycle, time]) => `${cycle}: ${time}`)
            .join(', '))
        : '',
    'log-keyword': condition.on === 'log-keyword' ? condition.text : '',
    'failed-count': condition.on === 'failed-count' ? String(condition.atLeast) : '',
    'failed-share': condition.on === 'failed-share' ? `${condition.percent} %` : '',
  }[condition.on];
  return (
    <span className="cell-text">
      {t(`arules.on.${condition.on}`)}
      {detail && `: ${detail}`}
    </span>
  );
};
