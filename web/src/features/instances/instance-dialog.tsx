import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { instantOfTyped } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../../ui/list/batch-dialog.tsx';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import { BlastRadius } from './blast-radius.tsx';
import { emptyHold, HoldFields, isCompleteHold } from './hold-fields.tsx';
import { type Operation, useInstanceBatch } from './instances.queries.ts';
import { summaryOfRefusals } from './summary-of-refusals.ts';
import { useRefusalText } from './use-refusal-text.ts';

/** Confirms an operation on instances, says what follows from it, and shows what became of each. */
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
  const now = useNow();
  const refusalText = useRefusalText(mayOperate);
  // What was selected stays what it is about, however the list moves on meanwhile.
  const [asked] = useState(() =>
    rows.map((row) => ({ row, refusal: refusalText(row, operation) })),
  );
  const [priority, setPriority] = useState<Priority>('MIDDLE');
  const [resourceGroup, setResourceGroup] = useState('');
  const [hold, setHold] = useState(emptyHold);
  const zone = useShownZone();
  const priorities = Priority.options.map((value) => ({ value, label: t(`priority.${value}`) }));
  const until = instantOfTyped(hold.until, zone);
  const { total, refused, reasons } = summaryOfRefusals(asked.map(({ refusal }) => refusal));

  const complete: Partial<Record<Operation, boolean>> = {
    'set-resource-group': resourceGroup !== '',
    hold: isCompleteHold(hold, zone, now()),
  };

  return (
    <BatchDialog
      action={t(`move.${operation}`)}
      danger={operation === 'terminate'}
      withComment={operation !== 'hold'}
      canRun={complete[operation] ?? true}
      items={asked.map(({ row, refusal }) => ({
        id: row.id,
        name: `${row.workflow} · ${row.task} · ${row.bizDate} · ${row.index}`,
        refusal,
      }))}
      options={
        <SpaceBetween size="s">
          {refused > 0 && total > 1 && (
            <Alert type="info">
              {t('instances.cannot', {
                refused,
                total,
                reasons: reasons.map(({ reason, count }) => `${reason} (${count})`).join('; '),
              })}
            </Alert>
          )}
          <BlastRadius
            operation={operation}
            rows={asked.flatMap(({ row, refusal }) => (refusal === undefined ? [row] : []))}
          />
          {operation === 'hold' && <HoldFields draft={hold} onChange={setHold} />}
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
        </SpaceBetween>
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
            ...(operation === 'hold' && { reason: hold.reason, until }),
          },
        })
      }
      onClose={onClose}
    />
  );
};
