import Checkbox from '@cloudscape-design/components/checkbox';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import type * as z from 'zod';
import type {
  WorkflowBatch,
  WorkflowRow,
} from '../../../../shared/contracts/api/workflow-routes.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import type { Role } from '../../../../shared/domain/project/project.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../../ui/list/batch-dialog.tsx';
import { type WorkflowAction, workflowRefusal } from './batch-refusal.ts';
import { useWorkflowBatch } from './workflows.queries.ts';

const actionText = {
  start: 'workflows.start',
  stop: 'workflows.stop',
  'timing-on': 'workflows.timing-on',
  'timing-off': 'workflows.timing-off',
  online: 'workflows.online',
  offline: 'workflows.offline',
} as const;

/** The least role for each action, as the API's route table has it. */
const roleOf = (action: WorkflowAction): Role =>
  action === 'online' || action === 'offline' ? 'developer' : 'operator';

/** Confirms an action on workflows and shows what became of each. */
export const WorkflowDialog = ({
  action,
  rows,
  env,
  may,
  onClose,
}: {
  action: WorkflowAction;
  rows: readonly WorkflowRow[];
  env: Env;
  may: (least: Role, project: string) => boolean;
  onClose: (changed: boolean) => void;
}) => {
  const t = useT();
  const batch = useWorkflowBatch();
  const [bizDate, setBizDate] = useState('');
  const [also, setAlso] = useState(false);
  const role = roleOf(action);

  const refusalText = (row: WorkflowRow): string | undefined => {
    if (!may(role, row.project)) return t('workflows.refusal.role', { role: t(`role.${role}`) });
    const refusal = workflowRefusal(row, action);
    return refusal && t(`workflows.refusal.${refusal}`);
  };

  return (
    <BatchDialog
      action={t(actionText[action])}
      danger={action === 'stop' || (action === 'offline' && also)}
      items={rows.map((row) => ({ id: row.id, name: row.id, refusal: refusalText(row) }))}
      options={
        <>
          {action === 'start' && (
            <FormField
              label={t('workflows.start-date')}
              constraintText={t('workflows.start-date-hint')}
            >
              <DatePicker
                value={bizDate}
                placeholder="YYYY/MM/DD"
                onChange={({ detail }) => setBizDate(detail.value)}
              />
            </FormField>
          )}
          {(action === 'stop' || action === 'offline') && (
            <Checkbox checked={also} onChange={({ detail }) => setAlso(detail.checked)}>
              {t(action === 'stop' ? 'workflows.stop-timing' : 'workflows.stop-running')}
            </Checkbox>
          )}
        </>
      }
      run={(ids, { idempotencyKey, comment }) =>
        batch.mutateAsync({
          idempotencyKey,
          body: bodyOf(action, { ids, env, comment }, { bizDate: bizDate || undefined, also }),
        })
      }
      onClose={onClose}
    />
  );
};

const bodyOf = (
  action: WorkflowAction,
  base: { ids: string[]; env: Env; comment: string | undefined },
  { bizDate, also }: { bizDate: string | undefined; also: boolean },
): z.input<typeof WorkflowBatch> => {
  switch (action) {
    case 'start':
      return { op: 'start', ...base, bizDate };
    case 'stop':
      return { op: 'stop', ...base, timingOff: also };
    case 'timing-on':
      return { op: 'timing', ...base, on: true };
    case 'timing-off':
      return { op: 'timing', ...base, on: false };
    case 'online':
      return { op: 'online', ...base };
    case 'offline':
      return { op: 'offline', ...base, stopRunning: also };
  }
};
