import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { choicesQuery } from './schedule.queries.ts';

/** Chooses one workflow by typing a part of its name. */
export const WorkflowChooser = ({
  env,
  project,
  chosen,
  onChoose,
}: {
  env: Env;
  /** Only of this project; undefined: of all. */
  project: string | undefined;
  chosen?: { readonly project: string; readonly workflow: string } | undefined;
  onChoose: (place: { readonly project: string; readonly workflow: string }) => void;
}) => {
  const t = useT();
  const [text, setText] = useState('');
  const choices = useQuery(choicesQuery(env, project, text.trim()));
  const id = chosen && `${chosen.project}/${chosen.workflow}`;

  return (
    <Select
      selectedOption={id ? { value: id, label: id } : null}
      options={(choices.data?.items ?? []).map((row) => ({
        value: row.id,
        label: row.id,
        description: row.description,
      }))}
      filteringType="manual"
      onLoadItems={({ detail }) => setText(detail.filteringText)}
      statusType={choices.isFetching ? 'loading' : 'finished'}
      loadingText={t('common.loading')}
      placeholder={t('ticks.choose-placeholder')}
      filteringPlaceholder={t('common.filter')}
      filteringAriaLabel={t('common.filter')}
      ariaLabel={t('ticks.choose-label')}
      empty={t('ticks.none-to-choose')}
      onChange={({ detail }) => {
        const [of = '', workflow = ''] = (detail.selectedOption.value ?? '').split('/');
        onChoose({ project: of, workflow });
      }}
    />
  );
};
