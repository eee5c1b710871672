import { colorOf } from '../dag/dag-colors.ts';
import { useT } from '../i18n/language-provider.tsx';
import type { GanttMark, GanttRow, GanttSpan } from './gantt.ts';
import { placeBar } from './place-bar.ts';

/** One row: its name, which is what the keyboard reaches, and its bars. */
export const GanttLine = ({
  row,
  index,
  count,
  top,
  span,
  now,
  marks,
  onOpen,
  onToggle,
}: {
  row: GanttRow;
  index: number;
  count: number;
  top: number;
  span: GanttSpan;
  now: string | undefined;
  marks: readonly GanttMark[];
  onOpen: ((row: string, bar?: string) => void) | undefined;
  onToggle: ((row: string) => void) | undefined;
}) => {
  const t = useT();
  const { id, label, note, depth = 0, expanded, bars } = row;
  const act = onOpen ? () => onOpen(id) : expanded === undefined ? undefined : () => onToggle?.(id);
  const lines = [...marks.map(({ at }) => at), ...(now === undefined ? [] : [now])];

  return (
    <li
      className="gantt-row"
      data-index={index}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div className="gantt-label" style={{ paddingInlineStart: 4 + depth * 16 }}>
        {expanded === undefined ? (
          <span className="gantt-no-toggle" />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className="gantt-toggle"
            aria-label={t(expanded ? 'gantt.collapse' : 'gantt.expand', { name: label })}
            onClick={() => onToggle?.(id)}
          >
            {expanded ? '▾' : '▸'}
          </button>
        )}
        {act ? (
          <button
            type="button"
            className="gantt-name"
            title={label}
            aria-expanded={expanded}
            aria-label={[label, note, ...bars.slice(0, 5).map((bar) => bar.label)]
              .filter(Boolean)
              .join(', ')}
            onClick={act}
          >
            {label}
          </button>
        ) : (
          <span className="gantt-name" title={label}>
            {label}
          </span>
        )}
        {note && <span className="gantt-note">{note}</span>}
      </div>
      {/* Pointing is a convenience: the name says the same and does the same. */}
      <div className="gantt-track" aria-hidden="true">
        {lines.map((at) => {
          const place = placeBar({ startAt: at, endAt: at }, span);
          return (
            place && (
              <span
                key={at}
                className={at === now ? 'gantt-now' : 'gantt-mark'}
                style={{ insetInlineStart: `${place.left}%` }}
              />
            )
          );
        })}
        {bars.map((bar) => {
          const place = placeBar(bar, span);
          return (
            place && (
              // biome-ignore lint/a11y/noStaticElementInteractions: the button of the row does the same
              // biome-ignore lint/a11y/useKeyWithClickEvents: the button of the row does the same
              <span
                key={bar.id}
                className={`gantt-bar ${bar.planned ? 'gantt-planned' : ''}`}
                title={bar.label}
                style={{
                  insetInlineStart: `${place.left}%`,
                  inlineSize: `${place.width}%`,
                  color: colorOf(bar.status),
                }}
                onClick={() => (onOpen ? onOpen(id, bar.id) : onToggle?.(id))}
              />
            )
          );
        })}
      </div>
    </li>
  );
};
