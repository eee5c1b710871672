import { type ReactNode, useState } from 'react';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useSelection } from '../../ui/list/use-selection.ts';
import { InstanceActions } from './instance-actions.tsx';
import { InstanceDialog } from './instance-dialog.tsx';
import type { Operation } from './instances.queries.ts';
import { useInstanceColumns } from './use-instance-columns.tsx';

const idOf = ({ id }: InstanceRow) => id;

/** Instances with the operations on those selected. */
export const InstancesTable = ({
  title,
  items,
  loading,
  mayOperate,
  filter,
  pagination,
  empty,
  embedded = false,
}: {
  title: string;
  items: readonly InstanceRow[];
  loading: boolean;
  mayOperate: (project: string) => boolean;
  filter?: ReactNode;
  pagination?: ReactNode;
  empty: ReactNode;
  embedded?: boolean;
}) => {
  const columns = useInstanceColumns();
  const selection = useSelection(idOf);
  const [operation, setOperation] = useState<Operation>();
  const selected = items.filter(({ id }) => selection.ids.has(id));

  return (
    <>
      <ListTable
        name={title}
        title={title}
        variant={embedded ? 'container' : 'full-page'}
        headingTag={embedded ? 'h2' : 'h1'}
        columns={columns}
        items={items}
        idOf={idOf}
        loading={loading}
        selection={selection}
        actions={
          <InstanceActions rows={selected} mayOperate={mayOperate} onOperation={setOperation} />
        }
        filter={filter}
        pagination={pagination}
        empty={empty}
      />
      {operation && (
        <InstanceDialog
          operation={operation}
          rows={selected}
          mayOperate={mayOperate}
          onClose={(changed) => {
            setOperation(undefined);
            if (changed) selection.clear();
          }}
        />
      )}
    </>
  );
};
