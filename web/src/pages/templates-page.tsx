import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChannelKind } from '../../../shared/domain/notice/channel.schema.ts';
import { Language } from '../../../shared/domain/notice/language.schema.ts';
import { OccurrenceKind } from '../../../shared/domain/notice/occurrence.schema.ts';
import { useMay } from '../features/access/access.queries.ts';
import { TemplateEditor } from '../features/templates/template-editor.tsx';
import { changedTemplatesQuery, templateQuery } from '../features/templates/templates.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';

const route = getRouteApi('/in/system/templates');
const languages: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** The words of messages by channel, item and language. */
export const TemplatesPage = () => {
  const t = useT();
  const may = useMay();
  const navigate = route.useNavigate();
  const { channel = 'mail', kind = 'task-failed', language = 'en' } = route.useSearch();
  const key = { channel, kind, language };
  const template = useQuery(templateQuery(key));
  const changed = useQuery(changedTemplatesQuery());
  const isChanged = (part: Partial<typeof key>) =>
    changed.data?.items.some(
      (each) =>
        each.builtIn !== true &&
        Object.entries({ ...key, ...part }).every(
          ([name, value]) => each[name as keyof typeof key] === value,
        ),
    );
  const set = (change: Partial<typeof key>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const mark = (label: string, part: Partial<typeof key>) =>
    isChanged(part) ? `${label} (${t('templates.custom')})` : label;

  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={t('templates.about')}>
        {t('templates.title')}
      </Header>
      <SpaceBetween direction="horizontal" size="s">
        <FormField label={t('pushes.channel')}>
          <Select
            selectedOption={{ value: channel, label: t(`channel.${channel}`) }}
            options={ChannelKind.options.map((value) => ({
              value,
              label: mark(t(`channel.${value}`), { channel: value }),
            }))}
            onChange={({ detail }) =>
              set({ channel: ChannelKind.parse(detail.selectedOption.value) })
            }
          />
        </FormField>
        <FormField label={t('notices.kind')}>
          <Select
            selectedOption={{ value: kind, label: t(`kind.${kind}`) }}
            options={OccurrenceKind.options.map((value) => ({
              value,
              label: mark(t(`kind.${value}`), { kind: value }),
            }))}
            onChange={({ detail }) =>
              set({ kind: OccurrenceKind.parse(detail.selectedOption.value) })
            }
          />
        </FormField>
        <FormField label={t('templates.language')}>
          <Select
            selectedOption={{ value: language, label: languages[language] }}
            options={Language.options.map((value) => ({ value, label: languages[value] }))}
            onChange={({ detail }) =>
              set({ language: Language.parse(detail.selectedOption.value) })
            }
          />
        </FormField>
      </SpaceBetween>
      <Loaded query={template}>
        {(found) => (
          <TemplateEditor
            key={`${channel} ${kind} ${language} ${found.rev}`}
            template={found}
            refusal={may('admin') ? undefined : t('form.admin-only')}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};
