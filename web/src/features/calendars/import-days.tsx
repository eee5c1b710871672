import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { readDays } from '../../../../shared/domain/calendar/read-days.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Takes a pasted list of days; nothing is taken while a line holds something else. */
export const ImportDays = ({
  disabled,
  onImport,
}: {
  disabled: boolean;
  onImport: (days: readonly string[], working: boolean) => void;
}) => {
  const t = useT();
  const [text, setText] = useState('');
  const [taken, setTaken] = useState<number>();
  const { days, wrong } = readDays(text);
  const lines = [...new Set(wrong.map(({ line }) => line))];
  const unable = disabled || days.length === 0 || wrong.length > 0;

  const take = (working: boolean) => {
    onImport(days, working);
    setTaken(days.length);
    setText('');
  };

  return (
    <ExpandableSection headerText={t('calendars.import')}>
      <SpaceBetween size="s">
        <FormField
          stretch
          label={t('calendars.import')}
          constraintText={t('calendars.import-hint')}
          errorText={
            lines.length > 0
              ? t('calendars.import-wrong', { count: lines.length, lines: lines.join(', ') })
              : undefined
          }
        >
          <Textarea
            value={text}
            rows={4}
            disabled={disabled}
            onChange={({ detail }) => {
              setText(detail.value);
              setTaken(undefined);
            }}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={unable} onClick={() => take(false)}>
            {t('calendars.import-as-holiday')}
          </Button>
          <Button disabled={unable} onClick={() => take(true)}>
            {t('calendars.import-as-working')}
          </Button>
        </SpaceBetween>
        {taken !== undefined && (
          <Alert type="info">{t('calendars.imported', { count: taken })}</Alert>
        )}
      </SpaceBetween>
    </ExpandableSection>
  );
};
