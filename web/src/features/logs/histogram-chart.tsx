import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { LogHistogram } from '../../../../shared/contracts/api/log-search.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import { barsOf, spanOfBuckets } from './histogram.ts';
import './logs.css';

const height = 84;

/** Lines in time, stacked by level. A drag, or arrow keys and Enter, choose the span to look at (W66). */
export const HistogramChart = ({
  histogram,
  onZoom,
}: {
  histogram: LogHistogram;
  onZoom: (span: { readonly from: string; readonly to: string }) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const [chosen, setChosen] = useState<{ readonly a: number; readonly b: number }>();
  const { bars, slots, most } = barsOf(histogram);
  const label = t('logs.histogram.label', {
    total: histogram.total,
    from: formatInstant(histogram.from, zone, language),
    to: formatInstant(histogram.to, zone, language),
  });

  const bucketAt = (event: PointerEvent<SVGSVGElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * slots);
    return Math.min(slots - 1, Math.max(0, place));
  };
  const zoom = () => {
    if (!chosen) return;
    setChosen(undefined);
    onZoom(spanOfBuckets(histogram, chosen.a, chosen.b));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter') zoom();
    else if (event.key === 'Escape') setChosen(undefined);
    else if (step === undefined) return;
    else {
      const at = Math.min(slots - 1, Math.max(0, (chosen?.b ?? (step > 0 ? -1 : slots)) + step));
      setChosen({ a: event.shiftKey && chosen ? chosen.a : at, b: at });
    }
    event.preventDefault();
  };

  return (
    <div className="logs-histogram">
      <svg
        role="img"
        aria-label={`${label}. ${t('logs.histogram.select')}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the span is chosen with the keyboard, too
        tabIndex={0}
        viewBox={`0 0 ${slots} ${height}`}
        preserveAspectRatio="none"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = bucketAt(event);
          setChosen({ a: at, b: at });
        }}
        onPointerMove={(event) => {
          if (chosen && event.buttons === 1) setChosen({ a: chosen.a, b: bucketAt(event) });
        }}
        onPointerUp={zoom}
        onPointerCancel={() => setChosen(undefined)}
      >
        {bars.map(({ x, from, total, errors, parts }) => (
          <g key={from}>
            <title>
              {t('logs.histogram.bar', {
                from: formatInstant(from, zone, language),
                total,
                errors,
              })}
            </title>
            {parts.map(({ level, from: below, size }) => (
              <rect
                key={level}
                className={`logs-bar-${level}`}
                x={x}
                width={0.9}
                y={height - ((below + size) / most) * (height - 4)}
                height={Math.max(1, (size / most) * (height - 4))}
              />
            ))}
          </g>
        ))}
        {chosen && (
          <rect
            className="logs-chosen"
            x={Math.min(chosen.a, chosen.b)}
            width={Math.abs(chosen.b - chosen.a) + 1}
            y={0}
            height={height}
          />
        )}
      </svg>
      <div className="logs-ends">
        <At at={histogram.from} form="full" />
        <At at={histogram.to} form="full" />
      </div>
    </div>
  );
};
