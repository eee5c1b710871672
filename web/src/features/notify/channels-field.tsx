import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import type { ChannelKind } from '../../../../shared/domain/notice/channel.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Ways that may be chosen: mail, and what else is set up (W33). */
export const ChannelsField = ({
  label,
  value,
  channels,
  errorText,
  onChange,
}: {
  label: string;
  value: readonly ChannelKind[];
  channels: readonly ChannelKind[];
  errorText?: string | undefined;
  onChange: (channels: readonly ChannelKind[]) => void;
}) => {
  const t = useT();
  const option = (kind: ChannelKind) => ({ value: kind, label: t(`channel.${kind}`) });

  return (
    <FormField label={label} errorText={errorText} constraintText={t('notify.methods-hint')}>
      <Multiselect
        selectedOptions={value.map(option)}
        options={channels.map(option)}
        onChange={({ detail }) =>
          onChange(detail.selectedOptions.map(({ value: kind }) => kind as ChannelKind))
        }
      />
    </FormField>
  );
};
