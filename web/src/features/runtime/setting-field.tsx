import Badge from '@cloudscape-design/components/badge';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { SettingName, SettingsView } from './runtime.queries.ts';
import { type SettingDraft, textOfSetting, unitOf } from './setting-units.ts';
import { useSettingText } from './use-setting-text.ts';

const hints = {
  hours: 'settings.hours-hint',
  minutes: 'settings.minutes-hint',
  times: 'settings.count-hint',
} as const;

/** One setting: what holds and where it comes from; inherit it, or give a value of this level. */
export const SettingField = ({
  name,
  explained: { value, source, inherited, inheritedFrom },
  draft,
  disabled,
  errorText,
  onChange,
}: {
  name: SettingName;
  explained: SettingsView['explained'][SettingName];
  draft: SettingDraft;
  disabled: boolean;
  errorText: string | undefined;
  onChange: (draft: SettingDraft) => void;
}) => {
  const t = useT();
  const textOf = useSettingText();
  const unit = unitOf[name];
  const label = t(`settings.${name}`);
  const fresh = typeof inherited === 'boolean' ? inherited : textOfSetting(name, inherited);

  return (
    <FormField
      label={label}
      description={
        <SpaceBetween direction="horizontal" size="xs">
          <span>{textOf(name, value)}</span>
          <Badge color={source === 'default' ? 'grey' : 'blue'}>
            {t(`settings.source.${source}`)}
          </Badge>
        </SpaceBetween>
      }
      constraintText={unit === 'switch' ? undefined : t(hints[unit])}
      errorText={errorText}
    >
      <SpaceBetween size="xs">
        <RadioGroup
          ariaLabel={label}
          value={draft === undefined ? 'inherit' : 'own'}
          onChange={({ detail }) => onChange(detail.value === 'inherit' ? undefined : fresh)}
          items={[
            {
              value: 'inherit',
              disabled,
              label: t('settings.inherit', {
                value: textOf(name, inherited),
                source: t(`settings.source.${inheritedFrom}`),
              }),
            },
            { value: 'own', disabled, label: t('settings.own') },
          ]}
        />
        {typeof draft === 'string' && (
          <Input
            type="number"
            inputMode="decimal"
            step={unit === 'hours' ? 0.01 : 1}
            ariaLabel={label}
            disabled={disabled}
            value={draft}
            onChange={({ detail }) => onChange(detail.value)}
          />
        )}
        {typeof draft === 'boolean' && (
          <Toggle
            checked={draft}
            disabled={disabled}
            onChange={({ detail }) => onChange(detail.checked)}
          >
            {t(draft ? 'common.yes' : 'common.no')}
          </Toggle>
        )}
      </SpaceBetween>
    </FormField>
  );
};
