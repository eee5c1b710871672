import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { SettingsOverrides } from '../../../../shared/domain/project/runtime-settings.schema.ts';
import { errorAt, errorsOfIssues, type FieldErrors } from '../../ui/form/field-errors.ts';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ConfirmSettings } from './confirm-settings.tsx';
import type { SettingName, SettingsView } from './runtime.queries.ts';
import { SettingField } from './setting-field.tsx';
import { type SettingDraft, settingNames, settingOfText, textOfSetting } from './setting-units.ts';

type Draft = Readonly<Partial<Record<SettingName, SettingDraft>>>;

/** The settings of one level, each with its inheritance; saving asks first, with every change named. */
export const SettingsForm = ({
  view,
  project,
  mayEdit,
}: {
  view: SettingsView;
  project: string | undefined;
  mayEdit: boolean;
}) => {
  const t = useT();
  const [draft, setDraft] = useState<Draft>(() => draftOf(view.overrides));
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const [asked, setAsked] = useState<SettingsOverrides>();
  const before = draftOf(view.overrides);
  const changed = settingNames.some((name) => draft[name] !== before[name]);
  const refused = mayEdit ? (changed ? undefined : t('settings.nothing')) : t('form.admin-only');

  const onSave = () => {
    const parsed = SettingsOverrides.safeParse(overridesOf(draft));
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    if (parsed.success) setAsked(parsed.data);
  };

  return (
    <Container
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" {...guard(refused)} onClick={onSave}>
            {t('common.save')}
          </Button>
          {changed && (
            <Button variant="link" onClick={() => setDraft(before)}>
              {t('form.discard')}
            </Button>
          )}
          {changed && <Box padding={{ top: 'xxs' }}>{t('form.unsaved')}</Box>}
        </SpaceBetween>
      }
    >
      <ColumnLayout columns={2}>
        {settingNames.map((name) => (
          <SettingField
            key={name}
            name={name}
            explained={view.explained[name]}
            draft={draft[name]}
            disabled={!mayEdit}
            errorText={errorAt(invalid, name)}
            onChange={(next) => setDraft((now) => ({ ...now, [name]: next }))}
          />
        ))}
      </ColumnLayout>
      {asked && (
        <ConfirmSettings
          view={view}
          project={project}
          next={asked}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Container>
  );
};

const draftOf = (overrides: SettingsOverrides): Draft =>
  Object.fromEntries(
    settingNames.map((name) => {
      const value = overrides[name];
      return [name, typeof value === 'number' ? textOfSetting(name, value) : value];
    }),
  );

const overridesOf = (draft: Draft): Record<string, number | boolean> =>
  Object.fromEntries(
    Object.entries(draft).flatMap(([name, value]): [string, number | boolean][] => {
      if (value === undefined) return [];
      return [
        [name, typeof value === 'boolean' ? value : settingOfText(name as SettingName, value)],
      ];
    }),
  );
