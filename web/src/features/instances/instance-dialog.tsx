import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../../ui/list/batch-dialog.tsx';
import { type Operation, useInstanceBatch } from './instances.queries.ts';
import { useRefusalText } from './use-refusal-text.ts';

/** Confirms an operation on instances and shows what became of each. */
export const InstanceDialog = ({
  operation,
  rows,
  mayOperate,
  onClose,
}: {
  operation: Operation;
  rows: readonly InstanceRow[];
  mayOperate: (project: string) => boolean;
  onClose: (changed: boolean) => void;
}) => {
  const t = useT();
  const batch = useInstanceBatch();
  const refusalText = useRefusalText(mayOperate);
  const [priority, setPriority] = useState<Priority>('MIDDLE');
  const [resourceGroup, setResourceGroup] = useState('');
  const priorities = Priority.options.map((value) => ({ value, label: t(`priority.${value}`) }));

  return (
    <BatchDialog
      action={t(`move.${operation}`)}
      danger={operation === 'terminate'}
      canRun={operation !== 'set-resource-group' || resourceGroup !== ''}
      items={rows.map((row) => ({
        id: row.id,
        name: `${row.workflow} · ${row.task} · ${row.index}`,
        refusal: refusalText(row, operation),
      }))}
      options={
        <>
          {operation === 'set-priority' && (
            <FormField label={t('instance.new-priority')}>
              <Select
                options={priorities}
                selectedOption={priorities.find(({ value }) => value === priority) ?? null}
                onChange={({ detail }) => setPriority(Priority.parse(detail.selectedOption.value))}
              />
            </FormField>
          )}
          {operation === 'set-resource-group' && (
            <FormField label={t('instance.new-group')}>
              <Input
                value={resourceGroup}
                onChange={({ detail }) => setResourceGroup(detail.value)}
              />
            </FormField>
          )}
        </>
      }
      run={(ids, { idempotencyKey, comment }) =>
        batch.mutateAsync({
          idempotencyKey,
          body: {
            op: operation,
            ids,
            comment,
            ...(operation === 'set-priority' && { priority }),
            ...(operation === 'set-resource-group' && { resourceGroup }),
          },
        })
      }
      onClose={onClose}
    />
  );
};
