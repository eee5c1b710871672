import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../../features/projects/projects.queries.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Chooses one application, or all of them; it can be searched. */
export const ProjectChooser = ({
  chosen,
  onChoose,
}: {
  chosen: string | undefined;
  onChoose: (project: string | undefined) => void;
}) => {
  const t = useT();
  const projects = useQuery(projectsQuery());
  const all = { value: '', label: t('monitoring.all-applications') };

  return (
    <Select
      selectedOption={chosen === undefined ? all : { value: chosen, label: chosen }}
      options={[
        all,
        ...(projects.data ?? []).map(({ name, title }) => ({
          value: name,
          label: name,
          description: title,
        })),
      ]}
      filteringType="auto"
      filteringPlaceholder={t('common.filter')}
      filteringAriaLabel={t('common.filter')}
      ariaLabel={t('monitoring.application')}
      statusType={projects.isPending ? 'loading' : 'finished'}
      loadingText={t('common.loading')}
      empty={t('monitoring.no-application')}
      onChange={({ detail }) => onChoose(detail.selectedOption.value || undefined)}
    />
  );
};
