import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import {
  colorChartsPaletteCategorical1,
  colorChartsStatusHigh,
  colorTextBodySecondary,
  colorTextStatusWarning,
} from '@cloudscape-design/design-tokens';
import { useQuery } from '@tanstack/react-query';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { useNow } from '../../ui/time/time-provider.tsx';
import '../../ui/grid14/grid14.css';
import { type RunTrend, runTrend } from './run-trend.ts';
import { trendQuery, type WorkflowPlace } from './run-views.queries.ts';

/** How long the last runs of a workflow took: a bar each, a line for the mean and one for the P90. */
export const TrendPanel = ({ place }: { place: WorkflowPlace }) => {
  const t = useT();
  const now = useNow();
  const runs = useQuery(trendQuery(place, () => isoOf(now())));

  return (
    <Loaded query={runs} lines={3}>
      {({ items }) => {
        const trend = runTrend(items);
        return (
          <Container
            header={
              <Header variant="h2">
                {t('runview.trend', { count: trend?.points.length ?? items.length })}
              </Header>
            }
          >
            {trend ? (
              <Trend trend={trend} />
            ) : (
              <Box color="text-body-secondary">{t('runview.trend-empty')}</Box>
            )}
          </Container>
        );
      }}
    </Loaded>
  );
};

const [width, height, gap] = [600, 120, 2];
/** Few bars stay slim: a wide one would look like much. */
const leastBars = 15;

const Trend = ({ trend: { points, meanMs, p90Ms, successRate } }: { trend: RunTrend }) => {
  const t = useT();
  const language = useLanguage();
  const longest = Math.max(1, ...points.map(({ ms }) => ms));
  const step = width / Math.max(leastBars, points.length);
  const y = (ms: number) => height - (ms / longest) * (height - 8);
  const mean = formatDuration(meanMs, language);
  const p90 = formatDuration(p90Ms, language);
  const rate = `${Math.round(successRate * 100)} %`;

  return (
    <SpaceBetween size="s">
      <svg
        role="img"
        aria-label={t('runview.trend-label', { count: points.length, mean, p90, rate })}
        className="trend"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
      >
        {points.map(({ run, bizDate, status, ms }, n) => (
          <rect
            key={run}
            x={n * step + gap / 2}
            y={y(ms)}
            width={Math.max(1, step - gap)}
            height={Math.max(2, height - y(ms))}
            fill={status === 'SUCCESS' ? colorChartsPaletteCategorical1 : colorChartsStatusHigh}
          >
            <title>{`${bizDate} · ${formatDuration(ms, language)} · ${t(`run-status.${status}`)}`}</title>
          </rect>
        ))}
        <Line at={y(meanMs)} color={colorTextBodySecondary} dashes="6 4" />
        <Line at={y(p90Ms)} color={colorTextStatusWarning} dashes="2 3" />
      </svg>
      <KeyValuePairs
        columns={3}
        items={[
          { label: `${t('runview.mean')} (– –)`, value: mean },
          { label: `${t('runview.p90')} (···)`, value: p90 },
          {
            label: t('runview.rate'),
            value: t('runview.rate-text', {
              percent: Math.round(successRate * 100),
              count: points.length,
            }),
          },
        ]}
      />
    </SpaceBetween>
  );
};

const Line = ({ at, color, dashes }: { at: number; color: string; dashes: string }) => (
  <line
    x1={0}
    x2={width}
    y1={at}
    y2={at}
    stroke={color}
    strokeDasharray={dashes}
    strokeWidth={1.5}
    vectorEffect="non-scaling-stroke"
  />
);
