import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import type { RunStatus } from '../../../../shared/domain/run/run.schema.ts';
import { type Target, useGo } from '../link.tsx';
import './grid14.css';
import { StatusMark } from './status-mark.tsx';

/** A square that leads somewhere; `label` says in words what its mark shows. */
export type GridSquare = {
  readonly status: Status | RunStatus;
  readonly label: string;
  readonly target: Target;
};

export type GridColumn = GridSquare & { readonly id: string; readonly text: string };

export type GridRow = {
  readonly id: string;
  readonly name: string;
  /** In the order of the columns; undefined where there is nothing, which `emptyLabel` says. */
  readonly squares: readonly (GridSquare | undefined)[];
};

const rowPixels = 30;

/**
 * Many rows against a few columns, one mark in each square. Only the rows in view are drawn, and only they are asked for:
 * `onView` tells which (both included) when that changes.
 */
export const Grid14 = ({
  name,
  corner,
  columns,
  count,
  rowAt,
  emptyLabel,
  onView,
}: {
  /** For screen readers. */
  name: string;
  /** Heading of the names. */
  corner: string;
  columns: readonly GridColumn[];
  /** Of all rows. */
  count: number;
  /** A row; undefined while it is being read. */
  rowAt: (index: number) => GridRow | undefined;
  emptyLabel: (row: GridRow, column: GridColumn) => string;
  onView: (first: number, last: number) => void;
}) => {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPixels,
    overscan: 12,
  });
  const drawn = virtual.getVirtualItems();
  const [first, last] = [drawn[0]?.index ?? 0, drawn.at(-1)?.index ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: tells of another view only
  useEffect(() => onView(first, last), [first, last]);

  return (
    <section className="grid14" ref={frame} aria-label={name}>
      {/* biome-ignore lint/a11y/useSemanticElements: only a part of the rows is there, at places of their own */}
      <div className="grid14-table" role="table" aria-label={name} aria-rowcount={count + 1}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: its links take the focus */}
        <div className="grid14-row grid14-head" role="row" aria-rowindex={1}>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: text */}
          <div className="grid14-name" role="columnheader">
            {corner}
          </div>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: its link takes the focus
            <div key={column.id} className="grid14-cell" role="columnheader">
              <Square square={column} />
              <span aria-hidden="true">{column.text}</span>
            </div>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div className="grid14-body" role="rowgroup" style={{ blockSize: virtual.getTotalSize() }}>
          {drawn.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: its links take the focus
              <div
                key={index}
                className="grid14-row"
                role="row"
                aria-rowindex={index + 2}
                style={{ transform: `translateY(${start}px)` }}
              >
                {/* biome-ignore lint/a11y/useSemanticElements: as above */}
                {/* biome-ignore lint/a11y/useFocusableInteractive: text */}
                <div className="grid14-name" role="rowheader" title={row?.name}>
                  {row?.name ?? '…'}
                </div>
                {columns.map((column, at) => {
                  const square = row?.squares[at];
                  return (
                    // biome-ignore lint/a11y/useSemanticElements: as above
                    <div key={column.id} className="grid14-cell" role="cell">
                      {square ? (
                        <Square square={square} />
                      ) : (
                        <span title={row && emptyLabel(row, column)}>·</span>
                      )}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
};

const Square = ({ square: { status, label, target } }: { square: GridSquare }) => {
  const { hrefOf, go } = useGo();
  return (
    <a
      className="grid14-link"
      href={hrefOf(target)}
      title={label}
      aria-label={label}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(target);
      }}
    >
      <StatusMark status={status} />
    </a>
  );
};
