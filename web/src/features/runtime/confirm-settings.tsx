import Box from '@cloudscape-design/components/box';
import type { SettingsOverrides } from '../../../../shared/domain/project/runtime-settings.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type SettingsView, useSaveSettings } from './runtime.queries.ts';
import { settingNames } from './setting-units.ts';
import { useSettingText } from './use-setting-text.ts';

/** Names what will hold instead of what, and for whom, before it is saved. */
export const ConfirmSettings = ({
  view,
  project,
  next,
  onClose,
}: {
  view: SettingsView;
  project: string | undefined;
  next: SettingsOverrides;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const textOf = useSettingText();
  const save = useSaveSettings(project);
  const changes = settingNames.flatMap((name) => {
    const { value, inherited } = view.explained[name];
    const after = next[name] ?? inherited;
    if (next[name] === view.overrides[name]) return [];
    return [
      {
        name,
        text: t('settings.change', {
          name: t(`settings.${name}`),
          before: textOf(name, value),
          after: textOf(name, after),
        }),
      },
    ];
  });

  return (
    <FormDialog
      title={t('settings.confirm-title')}
      error={save.error}
      saving={save.isPending}
      onClose={onClose}
      onSave={() =>
        // The new revision draws the form anew, so its own callbacks would not be called any more.
        save.mutateAsync({ body: next, rev: view.rev }).then(
          () => {
            say({ type: 'success', content: t('settings.saved') });
            onClose();
          },
          () => {},
        )
      }
    >
      <ul className="plain-list">
        {changes.map(({ name, text }) => (
          <li key={name}>{text}</li>
        ))}
      </ul>
      <Box>{t('settings.confirm-text')}</Box>
    </FormDialog>
  );
};
