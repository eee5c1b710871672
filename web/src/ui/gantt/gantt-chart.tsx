import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef } from 'react';
import { useT } from '../i18n/language-provider.tsx';
import './gantt.css';
import type { GanttMark, GanttRow, GanttSpan } from './gantt.ts';
import { GanttAxis } from './gantt-axis.tsx';
import { GanttLine } from './gantt-line.tsx';

const rowPixels = 28;

/**
 * Rows of bars over time, in one scrolling area; only the rows in view are drawn. Up and down (or k and j) go from row to
 * row, right and left open and close what lies below, Enter opens the row.
 */
export const GanttChart = ({
  name,
  rows,
  span,
  now,
  marks = [],
  project,
  onOpen,
  onToggle,
}: {
  /** For screen readers. */
  name: string;
  rows: readonly GanttRow[];
  span: GanttSpan;
  /** Where the now line stands. Default: none. */
  now?: string | undefined;
  marks?: readonly GanttMark[];
  /** Whose zone the axis is read in when the header says "project". */
  project?: string | undefined;
  /** Clicking a row or one of its bars. */
  onOpen?: ((row: string, bar?: string) => void) | undefined;
  onToggle?: ((row: string) => void) | undefined;
}) => {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPixels,
    overscan: 20,
  });

  const focus = (index: number) => {
    const row = Math.min(Math.max(index, 0), rows.length - 1);
    virtual.scrollToIndex(row);
    // The row is drawn after it was scrolled into view.
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-index="${row}"] .gantt-name`)?.focus(),
    );
  };
  const onKey = (event: KeyboardEvent) => {
    const at = Number(
      (event.target as HTMLElement).closest('[data-index]')?.getAttribute('data-index') ?? -1,
    );
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const toggles =
      (event.key === 'ArrowRight' && row.expanded === false) ||
      (event.key === 'ArrowLeft' && row.expanded === true);
    if (step === undefined && !toggles) return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== undefined) focus(at + step);
    else onToggle?.(row.id);
  };

  return (
    <section
      className="gantt"
      aria-label={name}
      ref={frame}
      onKeyDown={onKey}
      // Rows without buttons must be reachable by keyboard, to scroll.
      tabIndex={onOpen || onToggle ? undefined : 0}
    >
      <div className="gantt-inner">
        <GanttAxis span={span} now={now} marks={marks} project={project} />
        <ul
          className="gantt-rows"
          aria-label={t('gantt.rows', { count: rows.length })}
          style={{ blockSize: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <GanttLine
                  key={row.id}
                  row={row}
                  index={index}
                  count={rows.length}
                  top={start}
                  span={span}
                  now={now}
                  marks={marks}
                  onOpen={onOpen}
                  onToggle={onToggle}
                />
              )
            );
          })}
        </ul>
      </div>
    </section>
  );
};
