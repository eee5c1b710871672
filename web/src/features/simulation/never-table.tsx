import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import type { NeverStarts } from '../../../../shared/domain/simulation/simulation.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';

const pageSize = 25;

/** Instances that nothing would let start: those with a reason of their own first, then those below them. */
export const NeverTable = ({
  never,
  title,
  empty,
}: {
  never: readonly NeverStarts[];
  title: string;
  empty: string;
}) => {
  const t = useT();
  const { shown, pagination } = useLocalPages(never, pageSize);
  const reasonOf = ({ code, on }: NeverStarts) => {
    const reason =
      code === 'failed' || code === 'definition-missing'
        ? t(`simulation.never.${code}`)
        : t(`blocker.${code}`);
    return on ? `${reason}: ${shortOf(on)}` : reason;
  };

  return (
    <ListTable
      name={title}
      title={title}
      count={never.length > 0 ? String(never.length) : undefined}
      headingTag="h2"
      variant="container"
      items={shown}
      idOf={({ id }) => id}
      pagination={pagination}
      empty={empty}
      columns={[
        {
          id: 'id',
          header: t('instances.object'),
          isRowHeader: true,
          cell: ({ id }) => shortOf(id),
        },
        {
          id: 'date',
          header: t('runs.biz-date'),
          cell: ({ id }) => {
            const ref = parseInstanceId(id);
            return ref ? `${ref.bizDate} #${ref.index}` : '';
          },
        },
        { id: 'why', header: t('common.reason'), cell: reasonOf },
      ]}
    />
  );
};

const shortOf = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow}/${ref.task}` : id;
};
