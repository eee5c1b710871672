import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { LogEntry } from '../../../../shared/contracts/api/log-view.ts';
import { useT } from '../i18n/language-provider.tsx';
import { At } from '../time/at.tsx';

/** The lines themselves; only those in view are drawn, so that a hundred thousand do no harm. */
export const LogLines = ({
  lines,
  find,
  wrap,
  follow,
  target,
}: {
  lines: readonly LogEntry[];
  find: string;
  wrap: boolean;
  follow: boolean;
  /** The line to show in the middle; a new object asks again. */
  target: { readonly line: number } | undefined;
}) => {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 20,
    overscan: 20,
  });

  useEffect(() => {
    if (follow && lines.length > 0) virtual.scrollToIndex(lines.length - 1);
  }, [follow, lines.length, virtual]);
  useEffect(() => {
    if (target) virtual.scrollToIndex(target.line, { align: 'center' });
  }, [target, virtual]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <div ref={frame} className="log-frame" role="log" aria-label={t('log.title')} tabIndex={0}>
      <div className="log-space" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          const hit = find !== '' && line.text.toLowerCase().includes(find);
          return (
            <div
              key={index}
              data-index={index}
              ref={virtual.measureElement}
              className={`log-line log-${line.level} ${wrap ? 'log-wrap' : ''} ${hit ? 'log-hit' : ''}`}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="log-number">{index + 1}</span> <At at={line.at} />{' '}
              <span className="log-level">{line.level}</span>{' '}
              <span className="log-task">
                {line.task}#{line.attempt}
              </span>{' '}
              {line.text}
            </div>
          );
        })}
      </div>
    </div>
  );
};
