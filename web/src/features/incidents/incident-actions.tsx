import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Incident } from '../../../../shared/domain/alert/incident.schema.ts';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useNow } from '../../ui/time/time-provider.tsx';
import { type IncidentAct, useIncidentAct } from './incidents.queries.ts';

type Act = IncidentAct['act'];
const hours = ['1', '4', '12', '24', '72'] as const;

/** Acknowledge, snooze, write down, close: each asks first and keeps a comment. */
export const IncidentActions = ({
  incident,
  mayOperate,
}: {
  incident: Incident;
  mayOperate: boolean;
}) => {
  const t = useT();
  const now = useNow();
  const work = useIncidentAct(incident.id);
  const [act, setAct] = useState<Act>();
  const [comment, setComment] = useState('');
  const [until, setUntil] = useState<(typeof hours)[number]>('4');
  const over = incident.status === 'RECOVERED' || incident.status === 'CLOSED';
  const refusal = mayOperate
    ? over
      ? t('incidents.over')
      : undefined
    : t('notify.needs-operator');
  const open = (next: Act) => {
    work.reset();
    setComment('');
    setAct(next);
  };
  const whatOf = (chosen: Act): IncidentAct => {
    if (chosen === 'note') return { act: chosen, text: comment };
    const rest = { comment: comment || undefined };
    return chosen === 'snooze'
      ? { act: chosen, until: new Date(now() + Number(until) * 3_600_000).toISOString(), ...rest }
      : { act: chosen, ...rest };
  };

  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="primary" {...guard(refusal)} onClick={() => open('acknowledge')}>
          {t('incidents.acknowledge')}
        </Button>
        {incident.status === 'SNOOZED' ? (
          <Button {...guard(refusal)} onClick={() => open('unsnooze')}>
            {t('incidents.unsnooze')}
          </Button>
        ) : (
          <Button {...guard(refusal)} onClick={() => open('snooze')}>
            {t('incidents.snooze')}
          </Button>
        )}
        <Button
          {...guard(mayOperate ? undefined : t('notify.needs-operator'))}
          onClick={() => open('note')}
        >
          {t('incidents.note')}
        </Button>
        <Button {...guard(refusal)} onClick={() => open('close')}>
          {t('incidents.close')}
        </Button>
      </SpaceBetween>
      {act && (
        <ActionDialog
          title={t(`incidents.${act}`)}
          action={t(`incidents.${act}`)}
          error={work.error}
          working={work.isPending}
          disabledReason={
            act === 'note' && comment.trim() === '' ? t('incidents.note-hint') : undefined
          }
          onAct={() => work.mutate(whatOf(act), { onSuccess: () => setAct(undefined) })}
          onClose={() => setAct(undefined)}
        >
          {act === 'acknowledge' && <Box>{t('incidents.acknowledge-hint')}</Box>}
          {act === 'close' && <Box>{t('incidents.close-hint')}</Box>}
          {act === 'snooze' && (
            <FormField label={t('incidents.snooze-until')}>
              <Select
                selectedOption={{
                  value: until,
                  label: t('alerts.hours', { count: Number(until) }),
                }}
                options={hours.map((value) => ({
                  value,
                  label: t('alerts.hours', { count: Number(value) }),
                }))}
                onChange={({ detail }) =>
                  setUntil(detail.selectedOption.value as (typeof hours)[number])
                }
              />
            </FormField>
          )}
          {act === 'note' ? (
            <FormField label={t('incidents.note-hint')}>
              <Textarea value={comment} onChange={({ detail }) => setComment(detail.value)} />
            </FormField>
          ) : (
            <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
              <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
            </FormField>
          )}
        </ActionDialog>
      )}
    </>
  );
};
