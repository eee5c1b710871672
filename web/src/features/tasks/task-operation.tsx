import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { RunTaskDialog } from './run-task-dialog.tsx';
import { TaskDialog } from './task-dialog.tsx';
import type { TaskAction } from './task-refusal.ts';
import type { May } from './use-task-refusal.ts';

/** The dialog of an operation: a start asks for a date, the others work on many. */
export const TaskOperation = ({
  action,
  rows,
  ...rest
}: {
  action: TaskAction;
  rows: readonly TaskRow[];
  env: Env;
  projects: readonly Project[];
  may: May;
  onClose: (changed: boolean) => void;
}) => {
  const [first] = rows;
  if (action !== 'run' && action !== 'test-run')
    return <TaskDialog action={action} rows={rows} {...rest} />;
  return first ? (
    <RunTaskDialog row={first} test={action === 'test-run'} may={rest.may} onClose={rest.onClose} />
  ) : null;
};
