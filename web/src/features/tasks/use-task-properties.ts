import { periods } from '../../../../shared/contracts/api/task-routes.ts';
import type { TaskListRow } from '../../../../shared/contracts/api/task-view.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { TaskKind } from '../../../../shared/domain/workflow/task.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { FilterProperty } from '../../ui/list/filter-bar.tsx';
import type { TaskFilters } from './task-filters.ts';

/** What the lists of tasks can be filtered by; values seen on the page are proposed, others can be typed. */
export const useTaskProperties = (
  rows: readonly TaskListRow[],
  { manual, inProject }: { readonly manual: boolean; readonly inProject: boolean },
): FilterProperty<keyof TaskFilters>[] => {
  const t = useT();
  const seen = (read: (row: TaskListRow) => string | readonly string[] | undefined) =>
    [...new Set(rows.flatMap((row) => read(row) ?? []))]
      .toSorted()
      .map((value) => ({ value, label: value }));
  const flag = (key: 'paused' | 'dryRun' | 'held' | 'deployed', label: string) => ({
    key,
    label,
    options: [
      { value: 'true', label: t('common.yes') },
      { value: 'false', label: t('common.no') },
    ],
  });

  return [
    {
      key: 'kind',
      label: t('tasks.kind'),
      multiple: true,
      options: TaskKind.options.map((value) => ({ value, label: t(`task-kind.${value}`) })),
    },
    ...(manual
      ? []
      : [
          {
            key: 'period' as const,
            label: t('tasks.period'),
            multiple: true,
            options: periods.map((value) => ({ value, label: t(`period.${value}`) })),
          },
        ]),
    { key: 'owner', open: true, label: t('common.owner'), options: seen(({ owner }) => owner) },
    {
      key: 'priority',
      label: t('common.priority'),
      multiple: true,
      options: Priority.options.map((value) => ({ value, label: t(`priority.${value}`) })),
    },
    flag('paused', t('tasks.paused')),
    flag('dryRun', t('tasks.dry-run')),
    flag('held', t('tasks.held')),
    flag('deployed', t('tasks.deployed')),
    { key: 'tag', open: true, label: t('common.tags'), options: seen(({ tags }) => tags) },
    {
      key: 'resourceGroup',
      open: true,
      label: t('tasks.resource-group'),
      options: seen(({ resourceGroup = 'default' }) => resourceGroup),
    },
    ...(inProject
      ? [
          {
            key: 'workflow' as const,
            open: true,
            label: t('common.workflow'),
            options: seen(({ workflow }) => workflow),
          },
        ]
      : []),
  ];
};
