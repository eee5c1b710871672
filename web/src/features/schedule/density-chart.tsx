import Box from '@cloudscape-design/components/box';
import { colorChartsPaletteCategorical1 } from '@cloudscape-design/design-tokens';
import { type Bucket, bucketMs, type HerdPeak } from '../../../../shared/domain/schedule/herd.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import './schedule.css';

const height = 96;

/** Tasks that fall due in steps of five minutes; peaks stand in the colour of a warning, with a mark above them. */
export const DensityChart = ({
  density,
  peaks,
  from,
  to,
}: {
  density: readonly Bucket[];
  peaks: readonly HerdPeak[];
  from: string;
  to: string;
}) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const start = Math.floor(Date.parse(from) / bucketMs);
  const slots = Math.max(1, Math.ceil(Date.parse(to) / bucketMs) - start);
  const most = Math.max(1, ...density.map(({ tasks }) => tasks));
  const high = new Set(peaks.map(({ at }) => at));
  const label = t('timeline.density-label', {
    most: density.length === 0 ? 0 : most,
    fires: density.reduce((sum, { fires }) => sum + fires, 0),
    tasks: density.reduce((sum, { tasks }) => sum + tasks, 0),
  });

  return (
    <div>
      <Box variant="h2" padding={{ bottom: 'xs' }}>
        {t('timeline.density')}
      </Box>
      <svg
        role="img"
        aria-label={label}
        className="density"
        viewBox={`0 0 ${slots} ${height}`}
        preserveAspectRatio="none"
      >
        {density.map(({ at, tasks, fires }) => {
          const x = Math.floor(Date.parse(at) / bucketMs) - start;
          const size = Math.max(2, (tasks / most) * (height - 10));
          const peak = high.has(at);
          return (
            <g key={at}>
              <title>
                {`${t('timeline.fires-text', { time: formatInstant(at, zone, language), tasks })} · ${t('timeline.fires', { count: fires })}`}
              </title>
              <rect
                x={x}
                y={height - size}
                width={Math.max(0.9, slots / 600)}
                height={size}
                className={peak ? 'density-peak' : undefined}
                fill={peak ? undefined : colorChartsPaletteCategorical1}
              />
              {peak && (
                <rect
                  x={x}
                  y={0}
                  width={Math.max(0.9, slots / 600)}
                  height={5}
                  className="density-peak"
                />
              )}
            </g>
          );
        })}
      </svg>
      <div className="density-ends">
        <At at={from} form="full" />
        <span>{label}</span>
        <At at={to} form="full" />
      </div>
    </div>
  );
};
