import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ItemList } from '../../ui/list/item-list.tsx';
import { CountText } from './count-text.tsx';
import { freezePlanQuery, useFreeze } from './holds.queries.ts';

/** The big red switch: shows what it keeps from starting, and asks for that number and a reason. */
export const FreezeDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useT();
  const say = useSay();
  const plan = useQuery(freezePlanQuery());
  const freeze = useFreeze();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const count = plan.data?.waiting.count;
  const confirmed = count !== undefined && typed.trim() === String(count);

  return (
    <ActionDialog
      title={t('freeze.title')}
      action={t('freeze.button')}
      error={freeze.error}
      working={freeze.isPending}
      disabledReason={
        reason.trim() === ''
          ? t('holds.reason-missing')
          : confirmed
            ? undefined
            : t('freeze.type', { count: count ?? '…' })
      }
      onAct={() =>
        freeze.mutate(
          { reason, expectedCount: count ?? 0 },
          {
            onSuccess: () => {
              say({ type: 'warning', content: t('freeze.done') });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Alert type="warning">{t('freeze.warning')}</Alert>
      <Loaded query={plan} lines={3}>
        {({ waiting, running, projects }) => (
          <SpaceBetween size="m">
            <KeyValuePairs
              columns={2}
              items={[
                { label: t('freeze.waiting'), value: <CountText of={waiting} /> },
                { label: t('freeze.running'), value: <CountText of={running} /> },
              ]}
            />
            {projects.length > 0 && (
              <ItemList
                title={t('freeze.by-project')}
                items={projects.map(({ project, count: n }) => ({
                  id: project,
                  text: project,
                  note: String(n),
                }))}
              />
            )}
            <FormField label={t('common.reason')} constraintText={t('holds.reason-hint')}>
              <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
            </FormField>
            <FormField
              label={t('freeze.type', { count: waiting.count })}
              constraintText={t('freeze.type-hint')}
              errorText={typed !== '' && !confirmed ? t('freeze.type-wrong') : undefined}
            >
              <Input
                inputMode="numeric"
                value={typed}
                onChange={({ detail }) => setTyped(detail.value)}
              />
            </FormField>
          </SpaceBetween>
        )}
      </Loaded>
    </ActionDialog>
  );
};
