import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import type { Role } from '../../../../shared/domain/project/project.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { roleFor, type TaskAction, taskRefusal } from './task-refusal.ts';

export type May = (least: Role, project: string) => boolean;

/** Why an operation is not possible on a task, in words; undefined when it is. */
export const useTaskRefusal = (
  may: May,
): ((row: TaskRow, action: TaskAction) => string | undefined) => {
  const t = useT();
  return (row, action) => {
    const role = roleFor(action);
    if (!may(role, row.project)) return t('task-refusal.role', { role: t(`role.${role}`) });
    const refusal = taskRefusal(row, action);
    return refusal && t(`task-refusal.${refusal}`);
  };
};
