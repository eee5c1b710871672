import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DutyScheduleView } from '../../../../shared/contracts/api/duty-routes.ts';
import { DutySchedule } from '../../../../shared/domain/duty/duty-schedule.schema.ts';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import {
  errorAt,
  errorsOfIssues,
  errorsOfProblem,
  type FieldErrors,
} from '../../ui/form/field-errors.ts';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { dayIn } from '../../ui/time/format.ts';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import { draftShiftsQuery, useSaveDuty } from './duty.queries.ts';
import { type DutyDraft, dutyDraftOf, dutyOfDraft } from './duty-draft.ts';
import { ShiftList } from './shift-list.tsx';

const units = ['day', 'week', 'month'] as const;

/** Creates an on-duty schedule, or edits one; the shifts of the next weeks are shown as they would be. */
export const DutyForm = ({
  schedule,
  onClose,
}: {
  schedule: DutyScheduleView | undefined;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const now = useNow();
  const zone = useShownZone();
  const today = dayIn(zone, now());
  const save = useSaveDuty();
  const [draft, setDraft] = useState(() => dutyDraftOf(schedule, today, zone));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const errors = { ...errorsOfProblem(save.error), ...invalid };
  const parsed = DutySchedule.safeParse(dutyOfDraft(draft));
  const set = (change: Partial<DutyDraft>) => setDraft((before) => ({ ...before, ...change }));

  const onSave = () => {
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (!parsed.success) return;
    save.mutate(
      { schedule: parsed.data, rev: schedule?.rev },
      {
        onSuccess: ({ name }) => {
          say({ type: 'success', content: t('form.saved', { name }) });
          onClose();
        },
      },
    );
  };
  const text = (
    label: string,
    field: keyof DutyDraft,
    path: string,
    hint?: string,
    disabled = false,
  ) => (
    <FormField label={label} constraintText={hint} errorText={errorAt(errors, path)}>
      <Input
        value={draft[field]}
        disabled={disabled}
        onChange={({ detail }) => set({ [field]: detail.value })}
      />
    </FormField>
  );

  return (
    <FormDialog
      title={schedule ? t('form.edit-title', { name: schedule.name }) : t('duty.new')}
      error={save.error}
      saving={save.isPending}
      onSave={onSave}
      onClose={onClose}
    >
      {text(t('common.name'), 'name', 'name', undefined, schedule !== undefined)}
      {text(t('rooms.display'), 'title', 'title')}
      <FormField
        label={t('duty.turns')}
        constraintText={t('duty.turns-hint')}
        errorText={errorAt(errors, 'turns')}
      >
        <Textarea
          value={draft.turns}
          rows={4}
          placeholder="ann, bob"
          onChange={({ detail }) => set({ turns: detail.value })}
        />
      </FormField>
      {text(t('duty.every'), 'count', 'every')}
      <Select
        ariaLabel={t('duty.every')}
        selectedOption={{ value: draft.unit, label: t(`duty.unit.${draft.unit}`) }}
        options={units.map((value) => ({ value, label: t(`duty.unit.${value}`) }))}
        onChange={({ detail }) =>
          set({ unit: detail.selectedOption.value as (typeof units)[number] })
        }
      />
      {text(t('duty.starts'), 'startsOn', 'startsOn', 'YYYY-MM-DD')}
      {text(t('duty.hand-over'), 'handOverAt', 'handOverAt', 'HH:mm')}
      {text(t('duty.zone'), 'zone', 'zone')}
      {text(t('duty.hours'), 'hours', 'hours', t('duty.hours-hint'))}
      {draft.hours.trim() !== '' && (
        <FormField label={t('duty.outside')} errorText={errorAt(errors, 'outside')}>
          <Input
            value={draft.outside}
            placeholder={`owner, contact:<${t('common.name')}>`}
            onChange={({ detail }) => set({ outside: detail.value })}
          />
        </FormField>
      )}
      <FormField
        label={t('duty.swapped')}
        constraintText={t('duty.swaps-hint')}
        errorText={errorAt(errors, 'swaps')}
      >
        <Textarea
          value={draft.swaps}
          rows={2}
          onChange={({ detail }) => set({ swaps: detail.value })}
        />
      </FormField>
      {parsed.success && <DraftShifts draft={parsed.data} today={today} />}
    </FormDialog>
  );
};

const DraftShifts = ({ draft, today }: { draft: DutySchedule; today: string }) => {
  const t = useT();
  const range = { from: today, to: plusDays(today, 28) };
  const shifts = useQuery(draftShiftsQuery(draft, range));
  return (
    <ExpandableSection headerText={t('duty.preview')} defaultExpanded>
      {shifts.isError && <ProblemAlert error={shifts.error} />}
      {shifts.data &&
        (shifts.data.shifts.length > 0 ? (
          <ShiftList shifts={shifts.data.shifts} />
        ) : (
          <Box>{t('duty.nobody')}</Box>
        ))}
    </ExpandableSection>
  );
};
