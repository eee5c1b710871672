import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { BulkOp } from '../../../../shared/domain/bulk/operation.schema.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { InstantInput, instantOfTyped } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import type { BulkRequest } from './operations.queries.ts';
import { PlanDialog } from './plan-dialog.tsx';

/** An operation on ticked rows, or on all that match a filter. For any page with a list of instances. */
export const OperationDialog = ({
  op,
  selection,
  beforeConfirm,
  onStarted,
  onClose,
}: {
  op: Exclude<BulkOp, 'rerun-downstream'>;
  selection: Pick<BulkRequest, 'ids' | 'filter'>;
  beforeConfirm?: (() => Promise<unknown>) | undefined;
  onStarted: (operation: string) => void;
  onClose: () => void;
}) => {
  const t = useT();
  const zone = useShownZone();
  const [priority, setPriority] = useState<Priority>('MIDDLE');
  const [resourceGroup, setResourceGroup] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState({ date: '', time: '' });
  const [comment, setComment] = useState('');
  const priorities = Priority.options.map((value) => ({ value, label: t(`priority.${value}`) }));
  const missing =
    (op === 'hold' && reason.trim() === '') ||
    (op === 'set-resource-group' && resourceGroup.trim() === '');

  const request: BulkRequest = {
    op,
    ...selection,
    ...(op === 'set-priority' && { priority }),
    ...(op === 'set-resource-group' && { resourceGroup: resourceGroup.trim() }),
    ...(op === 'hold' && { reason: reason.trim(), until: instantOfTyped(until, zone) }),
    ...(comment.trim() !== '' && { comment: comment.trim() }),
  };

  return (
    <PlanDialog
      op={op}
      title={t(`operations.op.${op}`)}
      request={missing ? undefined : request}
      missing={op === 'hold' ? t('common.reason') : t('operations.new-group')}
      beforeConfirm={beforeConfirm}
      onStarted={onStarted}
      onClose={onClose}
    >
      {op === 'set-priority' && (
        <FormField label={t('operations.new-priority')}>
          <Select
            options={priorities}
            selectedOption={priorities.find(({ value }) => value === priority) ?? null}
            onChange={({ detail }) => setPriority(Priority.parse(detail.selectedOption.value))}
          />
        </FormField>
      )}
      {op === 'set-resource-group' && (
        <FormField label={t('operations.new-group')}>
          <Input value={resourceGroup} onChange={({ detail }) => setResourceGroup(detail.value)} />
        </FormField>
      )}
      {op === 'hold' && (
        <>
          <FormField label={t('common.reason')}>
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
          <InstantInput label={t('operations.until')} value={until} onChange={setUntil} />
        </>
      )}
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </PlanDialog>
  );
};
