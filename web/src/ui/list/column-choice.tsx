import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import type { TableProps } from '@cloudscape-design/components/table';
import { useT } from '../i18n/language-provider.tsx';
import { usePreferences } from '../preferences/preferences.tsx';

type Column = Pick<TableProps.ColumnDefinition<never>, 'id' | 'header' | 'isRowHeader'>;

/** Which columns a list shows, in which order, as kept for this person; columns that are new since then come last. */
export const useColumnDisplay = (
  list: string | undefined,
  columns: readonly Column[],
): TableProps.ColumnDisplayProperties[] | undefined => {
  const { columns: kept } = usePreferences().preferences;
  const known = list === undefined ? undefined : kept[list];
  if (!known) return undefined;
  const ids = new Set(columns.map(({ id }) => id));
  const before = new Set(known.map(({ id }) => id));
  return [
    ...known.filter(({ id }) => ids.has(id)),
    ...columns.flatMap(({ id }) => (id && !before.has(id) ? [{ id, visible: true }] : [])),
  ];
};

/** Opens the choice of columns of a list. The column that names the row cannot be hidden. */
export const ColumnChoice = ({ list, columns }: { list: string; columns: readonly Column[] }) => {
  const t = useT();
  const { preferences, prefer } = usePreferences();
  const display = useColumnDisplay(list, columns);

  return (
    <CollectionPreferences
      title={t('columns.title')}
      confirmLabel={t('common.save')}
      cancelLabel={t('common.cancel')}
      preferences={{
        contentDisplay: display ?? columns.map(({ id = '' }) => ({ id, visible: true })),
      }}
      contentDisplayPreference={{
        title: t('columns.shown'),
        description: t('columns.about'),
        options: columns.map(({ id = '', header, isRowHeader }) => ({
          id,
          label: typeof header === 'string' ? header : id,
          alwaysVisible: isRowHeader === true,
        })),
      }}
      onConfirm={({ detail: { contentDisplay } }) =>
        prefer({
          columns: {
            ...preferences.columns,
            [list]: (contentDisplay ?? []).map(({ id, visible }) => ({ id, visible })),
          },
        })
      }
    />
  );
};
