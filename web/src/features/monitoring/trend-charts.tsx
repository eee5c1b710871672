import {
  colorChartsPaletteCategorical1,
  colorChartsPaletteCategorical2,
  colorChartsStatusHigh,
  colorChartsStatusPositive,
} from '@cloudscape-design/design-tokens';
import type { Monitoring } from '../../../../shared/contracts/api/monitoring-routes.ts';
import { plusSeconds } from '../../../../shared/domain/kernel/calendar-day.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatDuration, formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import type { RunsLink } from './runs-link.ts';
import { StepChart } from './step-chart.tsx';

type Props = {
  readonly data: Monitoring;
  /** The runs that started within a stretch of time. */
  readonly linkTo: (window: { readonly from: string; readonly to: string }) => RunsLink;
};

/** How many runs started in each step, and how they came out. */
export const RunsTrend = ({ data, linkTo }: Props) => {
  const t = useT();
  const stepOf = useStep(data, linkTo);
  const { steps, from, to } = data;
  const most = Math.max(0, ...steps.map(({ succeeded, failed }) => succeeded + failed));

  return (
    <StepChart
      {...{ from, to }}
      title={t('monitoring.runs-trend')}
      stacked
      series={[
        { name: t('monitoring.succeeded'), color: colorChartsStatusPositive },
        { name: t('monitoring.failed'), color: colorChartsStatusHigh },
      ]}
      steps={steps.map(({ at, succeeded, failed }) => ({
        ...stepOf(at, (time) => t('monitoring.step-runs', { time, succeeded, failed })),
        values: [succeeded, failed],
      }))}
      most={{ value: most, text: t('monitoring.at-most-runs', { count: most }) }}
    />
  );
};

/** How long the ended runs of each step took. */
export const DurationTrend = ({ data, linkTo }: Props) => {
  const t = useT();
  const language = useLanguage();
  const stepOf = useStep(data, linkTo);
  const { steps, from, to } = data;
  const most = Math.max(0, ...steps.map(({ meanMs, p95Ms }) => Math.max(meanMs ?? 0, p95Ms ?? 0)));
  const text = (ms: number | null) => formatDuration(ms ?? 0, language);

  return (
    <StepChart
      {...{ from, to }}
      title={t('monitoring.duration-trend')}
      stacked={false}
      series={[
        { name: t('monitoring.mean'), color: colorChartsPaletteCategorical1 },
        { name: t('monitoring.p95'), color: colorChartsPaletteCategorical2 },
      ]}
      steps={steps.map(({ at, meanMs, p95Ms }) => ({
        ...stepOf(at, (time) =>
          t('monitoring.step-duration', { time, mean: text(meanMs), p95: text(p95Ms) }),
        ),
        values: [meanMs ?? 0, p95Ms ?? 0],
      }))}
      most={{ value: most, text: t('monitoring.at-most', { duration: text(most) }) }}
    />
  );
};

const useStep = ({ stepSeconds, to }: Monitoring, linkTo: Props['linkTo']) => {
  const language = useLanguage();
  const zone = useShownZone();
  return (at: string, textOf: (time: string) => string) => {
    const end = plusSeconds(at, stepSeconds);
    return {
      at,
      text: textOf(formatInstant(at, zone, language)),
      link: linkTo({ from: at, to: end < to ? end : to }),
    };
  };
};
