import { type ReactNode, useState } from 'react';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { FetchPage } from '../../ui/list/export-button.tsx';
import { ListTable, type Sorting } from '../../ui/list/list-table.tsx';
import { useSelection } from '../../ui/list/use-selection.ts';
import { BeyondPage } from './beyond-page.tsx';
import { InstanceActions } from './instance-actions.tsx';
import { InstanceDialog } from './instance-dialog.tsx';
import type { Operation } from './instances.queries.ts';
import { useInstanceColumns } from './use-instance-columns.tsx';

const idOf = ({ id }: InstanceRow) => id;

/** Draws what confirms an operation on everything that matches the filter, on all pages. */
export type ConfirmAll = (operation: Operation, onClose: () => void) => ReactNode;

type Asked = { readonly operation: Operation; readonly rows: readonly InstanceRow[] };

/** Instances with the operations on those selected, on one row by its menu, or on all that match. */
export const InstancesTable = ({
  title,
  items,
  loading,
  mayOperate,
  sorting,
  confirmAll,
  filter,
  pagination,
  empty,
  embedded = false,
  kept,
  fetchPage,
}: {
  title: string;
  items: readonly InstanceRow[];
  loading: boolean;
  mayOperate: (project: string) => boolean;
  sorting?: Sorting | undefined;
  /** Where there are more than this page; without it a selection ends at the page. */
  confirmAll?: ConfirmAll | undefined;
  filter?: ReactNode;
  pagination?: ReactNode;
  empty: ReactNode;
  embedded?: boolean;
  /** As `ListTable` takes them. */
  kept?: string | undefined;
  fetchPage?: FetchPage | undefined;
}) => {
  const selection = useSelection(idOf);
  const [asked, setAsked] = useState<Asked>();
  const [askedAll, setAskedAll] = useState<Operation>();
  const [beyond, setBeyond] = useState(false);
  const columns = useInstanceColumns({
    mayOperate,
    onOperation: (operation, row) => setAsked({ operation, rows: [row] }),
  });
  const selected = items.filter(({ id }) => selection.ids.has(id));
  const wholePage = items.length > 0 && selected.length === items.length;
  const all = beyond && wholePage && confirmAll !== undefined;

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
        sorting={sorting}
        kept={kept}
        fetchPage={fetchPage}
        actions={
          <InstanceActions
            target={all ? 'all' : selected}
            mayOperate={mayOperate}
            onOperation={(operation) =>
              all ? setAskedAll(operation) : setAsked({ operation, rows: selected })
            }
          />
        }
        filter={
          <>
            {filter}
            {confirmAll && wholePage && (
              <BeyondPage count={items.length} beyond={all} onBeyond={setBeyond} />
            )}
          </>
        }
        pagination={pagination}
        empty={empty}
      />
      {asked && (
        <InstanceDialog
          operation={asked.operation}
          rows={asked.rows}
          mayOperate={mayOperate}
          onClose={(changed) => {
            setAsked(undefined);
            if (changed) selection.clear();
          }}
        />
      )}
      {askedAll && confirmAll?.(askedAll, () => setAskedAll(undefined))}
    </>
  );
};
