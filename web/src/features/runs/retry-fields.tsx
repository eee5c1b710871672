import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RetryVersion } from '../../../../shared/contracts/api/run-operation-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

type RetryAsked = { readonly reason: string; readonly version: RetryVersion };

export const nothingAsked: RetryAsked = { reason: '', version: 'original' };

export const hasReason = ({ reason }: RetryAsked): boolean => reason.trim() !== '';

/** Why it is retried, and with which version. */
export const RetryFields = ({
  asked,
  onChange,
}: {
  asked: RetryAsked;
  onChange: (asked: RetryAsked) => void;
}) => {
  const t = useT();

  return (
    <SpaceBetween size="m">
      <FormField label={t('retry.reason')} constraintText={t('retry.reason-hint')}>
        <Input
          value={asked.reason}
          ariaRequired
          onChange={({ detail }) => onChange({ ...asked, reason: detail.value.slice(0, 1024) })}
        />
      </FormField>
      <FormField label={t('retry.version')}>
        <RadioGroup
          value={asked.version}
          items={(['original', 'current'] as const).map((value) => ({
            value,
            label: t(`retry.version.${value}`),
          }))}
          onChange={({ detail }) =>
            onChange({ ...asked, version: detail.value === 'current' ? 'current' : 'original' })
          }
        />
      </FormField>
    </SpaceBetween>
  );
};
