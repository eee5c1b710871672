import { useLanguage, useT } from '../i18n/language-provider.tsx';
import { dayIn } from '../time/format.ts';
import { useShownZone } from '../time/time-provider.tsx';
import type { GanttMark, GanttSpan } from './gantt.ts';
import { placeBar } from './place-bar.ts';
import { ticksOf } from './ticks-of.ts';

const mostTicks = 9;

/** Times on top of the rows, in the zone of the header; a new day is written out. */
export const GanttAxis = ({
  span,
  now,
  marks,
  project,
}: {
  span: GanttSpan;
  now: string | undefined;
  marks: readonly GanttMark[];
  project: string | undefined;
}) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone(project);
  const ticks = ticksOf(span, zone, mostTicks);
  const dayText = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
  });
  const clock = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const leftOf = (at: string | number) => {
    const instant = new Date(at).toISOString();
    return placeBar({ startAt: instant, endAt: instant }, span)?.left;
  };
  const nowLeft = now === undefined ? undefined : leftOf(now);

  return (
    <div className="gantt-axis" aria-hidden="true">
      <div className="gantt-corner" />
      <div className="gantt-ticks">
        {ticks.map((tick, n) => {
          const day = dayIn(zone, tick);
          const before = ticks[n - 1];
          const isNewDay = before === undefined || dayIn(zone, before) !== day;
          return (
            <span
              key={tick}
              className="gantt-tick"
              style={{ insetInlineStart: `${leftOf(tick)}%` }}
            >
              <b>{isNewDay ? dayText.format(tick) : ''}</b>
              {clock.format(tick)}
            </span>
          );
        })}
        {marks.map(({ at, label }) => (
          <span
            key={`${at} ${label}`}
            className="gantt-mark-flag"
            title={label}
            style={{ insetInlineStart: `${leftOf(at)}%` }}
          >
            {'▾'}
          </span>
        ))}
        {nowLeft !== undefined && (
          <span className="gantt-now-flag" style={{ insetInlineStart: `${nowLeft}%` }}>
            {t('gantt.now')}
          </span>
        )}
      </div>
    </div>
  );
};
