import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../features/access/access.queries.ts';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { settingsQuery } from '../features/runtime/runtime.queries.ts';
import { SettingsForm } from '../features/runtime/settings-form.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';

const route = getRouteApi('/in/system/runtime');

/** Runtime settings of the installation and of each project, with where every value comes from. */
export const RuntimeSettingsPage = () => {
  const t = useT();
  const navigate = route.useNavigate();
  const { of: project } = route.useSearch();
  const mayEdit = useMay()('admin');
  const projects = useQuery(projectsQuery());
  const settings = useQuery(settingsQuery(project));
  const levels = [
    { value: '', label: t('settings.installation') },
    ...(projects.data ?? []).map(({ name }) => ({
      value: name,
      label: t('settings.project', { project: name }),
    })),
  ];

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('settings.description')}>
        {t('settings.title')}
      </Header>
      <FormField label={t('settings.level')}>
        <Select
          selectedOption={levels.find(({ value }) => value === (project ?? '')) ?? null}
          options={levels}
          filteringType="auto"
          onChange={({ detail }) =>
            void navigate({
              search: (before) => ({ ...before, of: detail.selectedOption.value || undefined }),
            })
          }
        />
      </FormField>
      <Loaded query={settings}>
        {(view) => (
          // What was typed belongs to one level and one revision.
          <SettingsForm
            key={`${project} ${view.rev}`}
            view={view}
            project={project}
            mayEdit={mayEdit}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};
