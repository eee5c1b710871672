import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workflowsQuery } from '../../features/workflows/workflows.queries.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Scope } from '../../ui/scope.ts';

/** One workflow of the application, found by a part of its name; nothing chosen means all of them. */
export const WorkflowFilter = ({
  scope,
  chosen,
  onChoose,
}: {
  scope: Scope;
  chosen: string | undefined;
  onChoose: (workflow: string | undefined) => void;
}) => {
  const t = useT();
  const [text, setText] = useState('');
  const choices = useQuery({
    ...workflowsQuery({ ...scope, text: text.trim() || undefined, limit: 50 }),
    enabled: scope.project !== undefined,
  });
  const all = { value: '', label: t('monitoring.all-workflows') };

  return (
    <Select
      disabled={scope.project === undefined}
      selectedOption={chosen === undefined ? all : { value: chosen, label: chosen }}
      options={[
        all,
        ...(choices.data?.items ?? []).map(({ workflow, description }) => ({
          value: workflow,
          label: workflow,
          description,
        })),
      ]}
      filteringType="manual"
      onLoadItems={({ detail }) => setText(detail.filteringText)}
      statusType={choices.isFetching ? 'loading' : 'finished'}
      loadingText={t('common.loading')}
      filteringPlaceholder={t('common.filter')}
      filteringAriaLabel={t('common.filter')}
      ariaLabel={t('common.workflow')}
      empty={t('ticks.none-to-choose')}
      onChange={({ detail }) => onChoose(detail.selectedOption.value || undefined)}
    />
  );
};
