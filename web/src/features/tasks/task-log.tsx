import './tasks.css';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { At } from '../../ui/time/at.tsx';
import { changedValues } from './changed-values.ts';
import { type TaskAction, taskActions } from './task-refusal.ts';
import { type TaskRef, taskLogQuery } from './tasks.queries.ts';

/** The operation log of a task, newest first: who did what, why, and what it changed (N45). */
export const TaskLog = ({ task }: { task: TaskRef }) => {
  const t = useT();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify(task));
  const log = useQuery(taskLogQuery(task, pageSize, pages.cursor));
  const isAction = (action: string): action is TaskAction =>
    taskActions.some((known) => known === action);
  const valuesOf = (entry: AuditEntry, side: 'before' | 'after') => (
    <code className="task-values">
      {changedValues(entry.detail)
        .map(({ field, [side]: value }) => `${field}: ${value}`)
        .join('\n') || t('common.none')}
    </code>
  );

  return (
    <Loaded query={log}>
      {({ items, cursor }) => (
        <Table<AuditEntry>
          variant="container"
          wrapLines
          header={<Header variant="h2">{t('task.tab.log')}</Header>}
          ariaLabels={{ tableLabel: t('task.tab.log') }}
          items={items}
          trackBy="id"
          empty={<EmptyList text={t('task-log.empty')} />}
          pagination={<CursorPagination pages={pages} next={cursor} />}
          columnDefinitions={[
            {
              id: 'at',
              header: t('task-log.at'),
              cell: ({ at }) => <At at={at} project={task.project} form="full" />,
            },
            { id: 'actor', header: t('task-log.actor'), cell: ({ actor }) => actor },
            {
              id: 'action',
              header: t('task-log.action'),
              isRowHeader: true,
              cell: ({ action }) => (isAction(action) ? t(`task-action.${action}`) : action),
            },
            {
              id: 'before',
              header: t('task-log.before'),
              cell: (entry) => valuesOf(entry, 'before'),
            },
            { id: 'after', header: t('task-log.after'), cell: (entry) => valuesOf(entry, 'after') },
            {
              id: 'reason',
              header: t('common.comment'),
              cell: ({ reason }) => reason ?? t('common.none'),
            },
            {
              id: 'source',
              header: t('task-log.source'),
              cell: ({ detail }) => String(detail?.source ?? t('common.none')),
            },
          ]}
        />
      )}
    </Loaded>
  );
};
