import Alert from '@cloudscape-design/components/alert';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../../ui/list/batch-dialog.tsx';
import { dayIn } from '../../ui/time/format.ts';
import { useNow, useProjectZone } from '../../ui/time/time-provider.tsx';
import { type Parameter, ParameterFields } from './parameter-fields.tsx';
import { taskQuery, useStartTask } from './tasks.queries.ts';
import { type May, useTaskRefusal } from './use-task-refusal.ts';

/** Asks for business date and parameters, then runs one task, for good or as a test (N60). */
export const RunTaskDialog = ({
  row,
  test,
  may,
  onClose,
}: {
  row: TaskRow;
  test: boolean;
  may: May;
  onClose: (changed: boolean) => void;
}) => {
  const t = useT();
  const now = useNow();
  const zone = useProjectZone(row.project);
  const refusalText = useTaskRefusal(may);
  const start = useStartTask(row, test);
  const detail = useQuery(taskQuery(row));
  const [bizDate, setBizDate] = useState(() => plusDays(dayIn(zone, now()), -1));
  const [edited, setEdited] = useState<readonly Parameter[]>();
  const defined = Object.entries(detail.data?.parameters ?? {}).map(([name, value]) => ({
    name,
    value,
  }));
  const action = test ? 'test-run' : 'run';

  return (
    <BatchDialog
      action={t(`task-action.${action}`)}
      canRun={/^\d{4}-\d{2}-\d{2}$/.test(bizDate)}
      items={[{ id: row.id, name: row.id, refusal: refusalText(row, action) }]}
      options={
        <SpaceBetween size="s">
          <Alert type={row.paused ? 'warning' : 'info'}>
            {t(row.paused ? 'task-run.paused' : test ? 'task-run.test-hint' : 'task-run.hint')}
          </Alert>
          <FormField label={t('task-run.biz-date')} constraintText={t('task-run.biz-date-hint')}>
            <DatePicker
              value={bizDate}
              placeholder="YYYY/MM/DD"
              onChange={({ detail: { value } }) => setBizDate(value)}
            />
          </FormField>
          <ParameterFields parameters={edited ?? defined} onChange={setEdited} />
        </SpaceBetween>
      }
      run={async (ids, { idempotencyKey, comment }) => {
        const given = (edited ?? []).filter(({ name }) => name !== '');
        const { run } = await start.mutateAsync({
          idempotencyKey,
          body: {
            env: row.env,
            bizDate,
            comment,
            ...(given.length > 0 && {
              parameters: Object.fromEntries(given.map(({ name, value }) => [name, value])),
            }),
          },
        });
        const succeeded = ids.map((id) => ({ id, run }));
        return { requested: ids.length, succeeded, skipped: [], failed: [] };
      }}
      onClose={onClose}
    />
  );
};
