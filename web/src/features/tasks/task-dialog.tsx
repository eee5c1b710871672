import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../../ui/list/batch-dialog.tsx';
import { bodyOf, isComplete, noChange, type ValueRefusal, valueRefusal } from './task-change.ts';
import { TaskFields } from './task-fields.tsx';
import type { BatchAction } from './task-refusal.ts';
import { groupNamesQuery, useTaskBatch } from './tasks.queries.ts';
import { type May, useTaskRefusal } from './use-task-refusal.ts';

/** Confirms an operation on tasks and shows what became of each. */
export const TaskDialog = ({
  action,
  rows,
  env,
  projects,
  may,
  onClose,
}: {
  action: BatchAction;
  rows: readonly TaskRow[];
  env: Env;
  projects: readonly Project[];
  may: May;
  onClose: (changed: boolean) => void;
}) => {
  const t = useT();
  const batch = useTaskBatch();
  const refusalText = useTaskRefusal(may);
  const [change, setChange] = useState(noChange);
  const groups = useQuery({ ...groupNamesQuery(), enabled: action === 'set-resource-group' });
  const of = new Set(rows.map(({ project }) => project as string));
  const members = projects
    .filter(({ name }) => of.has(name))
    .flatMap((project) => project.members.map(({ user }) => user));

  const textOf = (project: string, refusal: ValueRefusal): string => {
    switch (refusal.why) {
      case 'not-member':
        return t('task-refusal.not-member', { owner: refusal.owner, project });
      case 'admin':
        return t('task-refusal.role', { role: t('role.admin') });
      case 'no-timeout':
        return t('task-refusal.no-timeout');
      case 'ceiling':
        return t('task-refusal.ceiling', { seconds: refusal.seconds });
    }
  };
  const refusalOf = (row: TaskRow): string | undefined => {
    const refusal = valueRefusal(row, action, change, {
      projects,
      isAdmin: (project) => may('admin', project),
    });
    return refusalText(row, action) ?? (refusal && textOf(row.project, refusal));
  };

  return (
    <BatchDialog
      action={t(`task-action.${action}`)}
      danger={false}
      canRun={isComplete(action, change)}
      items={rows.map((row) => ({ id: row.id, name: row.id, refusal: refusalOf(row) }))}
      options={
        <TaskFields
          action={action}
          change={change}
          members={[...new Set(members)].toSorted()}
          groups={groups.data ?? []}
          onChange={(next) => setChange((before) => ({ ...before, ...next }))}
        />
      }
      run={(ids, { idempotencyKey, comment }) =>
        batch.mutateAsync({ idempotencyKey, body: bodyOf(action, { ids, env, comment }, change) })
      }
      onClose={onClose}
    />
  );
};
