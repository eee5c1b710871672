import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { Role } from '../../../../shared/domain/project/project.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { meQuery } from './access.queries.ts';
import { type MatrixRow, matrix, mayCall } from './role-matrix.ts';

const pageSize = 20;

/** Call × role, from the table that the API checks, with a column for the person who looks. */
export const RoleTable = ({
  project,
  text,
  mine,
  onChange,
}: {
  project: string | undefined;
  text: string | undefined;
  mine: boolean;
  onChange: (search: { text?: string | undefined; mine?: 'yes' | undefined }) => void;
}) => {
  const t = useT();
  const { data: me } = useQuery(meQuery());
  const roles = {
    everywhere: me?.role ?? undefined,
    inProject: me?.grants.find((grant) => grant.project === project)?.role,
  };
  const wanted = text?.toLowerCase() ?? '';
  const found = matrix.filter(
    (row) =>
      `${row.name} ${row.summary} ${row.tag}`.toLowerCase().includes(wanted) &&
      (!mine || mayCall(row, roles)),
  );
  const { shown, pagination } = useLocalPages(found, pageSize);

  return (
    <ListTable<MatrixRow>
      variant="container"
      headingTag="h2"
      name={t('access.matrix')}
      title={t('access.matrix')}
      description={t('access.matrix-description')}
      count={String(found.length)}
      items={shown}
      idOf={({ name }) => name}
      pagination={pagination}
      actions={
        <Toggle
          checked={mine}
          onChange={({ detail }) => onChange({ text, mine: detail.checked ? 'yes' : undefined })}
        >
          {t('access.only-mine')}
        </Toggle>
      }
      filter={
        <FilterBar
          placeholder={t('form.find')}
          textKey="text"
          properties={[]}
          values={{ text }}
          onChange={(values) => onChange({ text: values.text, mine: mine ? 'yes' : undefined })}
        />
      }
      empty={<EmptyList text={t('empty.filtered')} filtered onClear={() => onChange({})} />}
      columns={[
        {
          id: 'call',
          header: t('access.call'),
          isRowHeader: true,
          cell: ({ name, summary }) => (
            <div className="wrapped">
              <div>{summary}</div>
              <Box variant="small">
                <code>{name}</code>
              </Box>
            </div>
          ),
        },
        {
          id: 'you',
          header: t('access.you'),
          cell: (row) => <May may={mayCall(row, roles)} />,
        },
        { id: 'where', header: t('access.where'), cell: ({ where }) => t(`access.where-${where}`) },
        {
          id: 'member',
          header: t('access.role.member'),
          cell: (row) => <May may={mayCall(row, {})} />,
        },
        ...Role.options.map((role) => ({
          id: role,
          header: t(`access.role.${role}`),
          cell: (row: MatrixRow) => (
            <May
              may={mayCall(
                row,
                row.where === 'system' ? { everywhere: role } : { inProject: role },
              )}
            />
          ),
        })),
      ]}
    />
  );
};

const May = ({ may }: { may: boolean }) => {
  const t = useT();
  return may ? (
    <Icon name="check" variant="success" ariaLabel={t('access.may')} />
  ) : (
    <Icon name="close" variant="subtle" ariaLabel={t('access.may-not')} />
  );
};
