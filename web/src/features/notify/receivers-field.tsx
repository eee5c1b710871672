import FormField from '@cloudscape-design/components/form-field';
import Multiselect, { type MultiselectProps } from '@cloudscape-design/components/multiselect';
import { useQuery } from '@tanstack/react-query';
import type { Receiver } from '../../../../shared/domain/notice/receivers.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { receiversQuery } from './notify.queries.ts';
import { nameOfReceiver, receiverOf, valueOfReceiver } from './receiver-value.ts';

/** Contacts, the owner, who is on duty, and rooms: chosen from one list. */
export const ReceiversField = ({
  label,
  value,
  errorText,
  constraintText,
  onChange,
}: {
  label: string;
  value: readonly Receiver[];
  errorText?: string | undefined;
  constraintText?: string;
  onChange: (receivers: readonly Receiver[]) => void;
}) => {
  const t = useT();
  const { data } = useQuery(receiversQuery());
  const option = (receiver: Receiver, description?: string): MultiselectProps.Option => ({
    value: valueOfReceiver(receiver),
    label: receiver.kind === 'owner' ? t('receiver.owner') : nameOfReceiver(receiver),
    ...(description === undefined ? {} : { description }),
  });
  const groups = [
    { label: t('receiver.owner'), options: [option({ kind: 'owner' })] },
    {
      label: t('receiver.contact'),
      options: (data?.contacts ?? []).map(({ name, title, email, phone }) =>
        option({ kind: 'contact', name }, [title, email, phone].filter(Boolean).join(' · ')),
      ),
    },
    {
      label: t('receiver.duty'),
      options: (data?.duty ?? []).map(({ name, title }) => option({ kind: 'duty', name }, title)),
    },
    {
      label: t('receiver.room'),
      options: (data?.rooms ?? []).map(({ name, title, kind }) =>
        option({ kind: 'room', name }, `${title} · ${t(`channel.${kind}`)}`),
      ),
    },
  ].filter(({ options }) => options.length > 0);

  return (
    <FormField label={label} errorText={errorText} constraintText={constraintText}>
      <Multiselect
        selectedOptions={value.map((receiver) => option(receiver))}
        options={groups}
        filteringType="auto"
        placeholder={t('receiver.choose')}
        empty={t('receiver.none')}
        onChange={({ detail }) =>
          onChange(
            detail.selectedOptions.flatMap(({ value: text }) => receiverOf(text ?? '') ?? []),
          )
        }
      />
    </FormField>
  );
};
