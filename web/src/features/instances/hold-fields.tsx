import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { InstantInput, instantOfTyped, type TypedInstant } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';

/** A hold as it is typed. */
export type HoldDraft = { readonly reason: string; readonly until: TypedInstant };
export const emptyHold: HoldDraft = { reason: '', until: { date: '', time: '' } };

/** Whether a draft can be sent: it says why, and its end is either left out or complete and ahead. */
export const isCompleteHold = (
  { reason, until }: HoldDraft,
  zone: string,
  now: number,
): boolean => {
  if (reason.trim() === '') return false;
  if (until.date === '' && until.time === '') return true;
  const at = instantOfTyped(until, zone);
  return at !== undefined && Date.parse(at) > now;
};

/** Why something is held and, if known, until when: in the zone that the header chose. */
export const HoldFields = ({
  draft,
  onChange,
}: {
  draft: HoldDraft;
  onChange: (draft: HoldDraft) => void;
}) => {
  const t = useT();
  const now = useNow();
  const zone = useShownZone();
  const until = instantOfTyped(draft.until, zone);

  return (
    <SpaceBetween size="s">
      <FormField label={t('instance.reason')} constraintText={t('instance.reason-hint')}>
        <Input
          value={draft.reason}
          onChange={({ detail }) => onChange({ ...draft, reason: detail.value.slice(0, 200) })}
        />
      </FormField>
      <InstantInput
        label={t('instance.until')}
        value={draft.until}
        errorText={
          until !== undefined && Date.parse(until) <= now() ? t('instance.until-past') : undefined
        }
        onChange={(typed) => onChange({ ...draft, until: typed })}
      />
      <Box variant="small">{t('instance.until-hint')}</Box>
    </SpaceBetween>
  );
};
