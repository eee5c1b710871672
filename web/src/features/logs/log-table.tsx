import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { FoundText, type Marks } from './found-text.tsx';
import { LevelMark } from './level-mark.tsx';
import './logs.css';

/** The nine columns of seed 001, in its order, and what became of retries. */
const columns = [
  ...(['time', 'level', 'application', 'job', 'flow', 'component'] as const),
  ...(['operation', 'category', 'content', 'retry'] as const),
] as const;

/** So many characters of the content stand in a row; the whole text is in the detail. */
const summary = 200;

/**
 * Lines as rows. Only those in view are drawn; arrows move the choice, Enter opens it, a click on a job id traces its
 * run.
 */
export const LogTable = ({
  rows,
  chosen,
  marks,
  wrap,
  follow,
  onChoose,
  onTrace,
  footer,
}: {
  rows: readonly LogRow[];
  chosen: string | undefined;
  marks: Marks;
  wrap: boolean;
  /** Keeps the last row in view. */
  follow: boolean;
  onChoose: (row: LogRow) => void;
  onTrace: (run: string) => void;
  footer?: ReactNode;
}) => {
  const t = useT();
  const frame = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 29,
    overscan: 15,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const place = rows.findIndex(({ id }) => id === chosen);

  useEffect(() => {
    if (follow && rows.length > 0) virtual.scrollToIndex(rows.length - 1);
  }, [follow, rows.length, virtual]);
  // A permalink brings its line into view once it is among the rows.
  useEffect(() => {
    if (place >= 0 && !follow) virtual.scrollToIndex(place, { align: 'auto' });
  }, [place, follow, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (step === undefined) return;
    const next = rows[Math.min(rows.length - 1, Math.max(0, place + step))];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next);
  };

  return (
    <section
      ref={frame}
      className={`logs-frame ${wrap ? 'logs-wrap' : ''}`}
      aria-label={t('logs.title')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the choice within the rows
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <table className="logs-table" aria-rowcount={rows.length}>
        <thead>
          <tr className="logs-head">
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`logs.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="logs-space" style={{ blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <tr
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={`logs-row ${row.id === chosen ? 'logs-row-chosen' : ''}`}
                aria-rowindex={index + 1}
                aria-current={row.id === chosen}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => onChoose(row)}
              >
                <td className="logs-cell">
                  <At at={row.at} project={row.project} />
                </td>
                <td className="logs-cell">
                  <LevelMark level={row.level} />
                </td>
                <td className="logs-cell" title={row.project}>
                  {row.project}
                </td>
                <td className="logs-cell" title={row.runId}>
                  <button
                    type="button"
                    className="logs-job"
                    aria-label={`${t('logs.trace')}: ${row.runId}`}
                    onClick={(event) => {
                      event.stopPropagation();
                      onTrace(row.runId);
                    }}
                  >
                    {shortRun(row.runId)}
                  </button>
                </td>
                <td className="logs-cell" title={row.workflow}>
                  {row.workflow}
                </td>
                <td className="logs-cell" title={row.task}>
                  {row.task}
                </td>
                <td className="logs-cell">{row.operation}</td>
                <td className="logs-cell" title={row.category}>
                  {row.category}
                </td>
                <td className="logs-cell logs-text">
                  <FoundText text={summaryOf(row.text, wrap)} marks={marks} />
                </td>
                <td className="logs-cell">{row.retry ? t(`logs.retry.${row.retry}`) : ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {footer && <div className="logs-more">{footer}</div>}
    </section>
  );
};

/** What tells runs of one workflow apart: family with scope, date and cycle. */
const shortRun = (run: string): string => run.split('~').slice(3).join('~');

const summaryOf = (text: string, wrap: boolean): string => {
  const cut = text.length > summary ? `${text.slice(0, summary)}…` : text;
  return wrap ? cut : cut.replaceAll(/\r?\n/g, ' ⏎ ');
};
