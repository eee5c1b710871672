import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedSearch } from '../../../../shared/domain/log/saved-search.schema.ts';
import { call } from '../../api/call.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { FormDialog } from '../../ui/form/form-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { savedSearchesQuery } from './logs.queries.ts';

/** Searches that somebody kept: open one, keep this one, drop one. */
export const SavedSearches = ({
  project,
  filter,
  onOpen,
}: {
  project: string | undefined;
  /** The search in view, as the address holds it. */
  filter: SavedSearch['filter'];
  onOpen: (filter: SavedSearch['filter']) => void;
}) => {
  const t = useT();
  const say = useSay();
  const client = useQueryClient();
  const list = useQuery(savedSearchesQuery());
  const [saving, setSaving] = useState(false);
  const again = () => client.invalidateQueries(savedSearchesQuery());
  const remove = useMutation({
    mutationFn: (search: SavedSearch) =>
      call('deleteSavedSearch', {
        params: { search: search.id },
        query: { project: search.project },
      }),
    onSuccess: again,
    onError: (error) => say({ type: 'error', content: error.message }),
  });
  const saved = list.data?.items ?? [];

  return (
    <>
      <ButtonDropdown
        items={[
          { id: 'save', text: t('logs.saved.save'), iconName: 'add-plus' },
          ...(saved.length === 0
            ? [{ id: 'none', text: t('logs.saved.empty'), disabled: true }]
            : []),
          ...saved.map(({ id, title, project: shared }) => ({
            id: `open ${id}`,
            text: shared ? `${title} (${shared})` : title,
          })),
          ...(saved.length > 0
            ? [
                {
                  id: 'delete',
                  text: t('logs.saved.delete'),
                  items: saved.map(({ id, title }) => ({ id: `delete ${id}`, text: title })),
                },
              ]
            : []),
        ]}
        expandableGroups
        onItemClick={({ detail }) => {
          const [what, id] = detail.id.split(' ');
          const search = saved.find((each) => each.id === id);
          if (what === 'save') setSaving(true);
          else if (what === 'open' && search) onOpen(search.filter);
          else if (what === 'delete' && search) remove.mutate(search);
        }}
      >
        {t('logs.saved')}
      </ButtonDropdown>
      {saving && (
        <SaveDialog
          project={project}
          filter={filter}
          onSaved={(title) => {
            setSaving(false);
            say({ type: 'success', content: t('logs.saved.saved', { name: title }) });
            void again();
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
};

const SaveDialog = ({
  project,
  filter,
  onSaved,
  onClose,
}: {
  project: string | undefined;
  filter: SavedSearch['filter'];
  onSaved: (title: string) => void;
  onClose: () => void;
}) => {
  const t = useT();
  const [title, setTitle] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      call('saveSearch', {
        body: { title, filter, ...(shared && project !== undefined && { project }) },
      }),
    onSuccess: () => onSaved(title),
  });

  return (
    <FormDialog
      title={t('logs.saved.save')}
      error={save.error}
      saving={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t('logs.saved.name')}>
        <Input value={title} onChange={({ detail }) => setTitle(detail.value)} />
      </FormField>
      {project !== undefined && (
        <Checkbox checked={shared} onChange={({ detail }) => setShared(detail.checked)}>
          {t('logs.saved.shared')}
        </Checkbox>
      )}
    </FormDialog>
  );
};
