import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useGo } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import type { RunsLink } from './runs-link.ts';
import './monitoring.css';

const height = 180;
const width = 10;

export type ChartSeries = { readonly name: string; readonly color: string };

export type ChartStep = {
  readonly at: string;
  /** One for each series; a step without any is left out. */
  readonly values: readonly number[];
  /** What the step says to people who point at it or read it aloud. */
  readonly text: string;
  readonly link: RunsLink;
};

/**
 * Bars over the steps of a window, on top of or beside each other; each step opens its runs, by mouse and by keyboard. Drawn
 * here because the steps of a week are narrower than the gaps that a chart of the component library leaves.
 */
export const StepChart = ({
  title,
  series,
  steps,
  stacked,
  most,
  from,
  to,
}: {
  title: string;
  series: readonly ChartSeries[];
  steps: readonly ChartStep[];
  stacked: boolean;
  /** The upper end of the axis, for people. */
  most: { readonly value: number; readonly text: string };
  from: string;
  to: string;
}) => {
  const { hrefOf, go } = useGo();
  const sizeOf = (value: number) =>
    value === 0 ? 0 : Math.max(2, (value / Math.max(1, most.value)) * (height - 8));

  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      <div className="step-chart-most">{most.text}</div>
      <svg
        className="step-chart"
        viewBox={`0 0 ${Math.max(1, steps.length) * width} ${height}`}
        preserveAspectRatio="none"
      >
        <title>{title}</title>
        {steps.map(({ at, values, text, link }, n) => {
          if (values.every((value) => value === 0)) return null;
          const barWidth = stacked ? width - 2 : (width - 2) / Math.max(1, values.length);
          let top = height;
          return (
            <a
              key={at}
              href={hrefOf(link)}
              aria-label={text}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                go(link);
              }}
            >
              <title>{text}</title>
              <rect x={n * width} y={0} width={width} height={height} className="step-chart-hit" />
              {values.map((value, of) => {
                const size = sizeOf(value);
                const y = stacked ? top - size : height - size;
                top = y;
                return (
                  <rect
                    key={series[of]?.name}
                    x={n * width + 1 + (stacked ? 0 : of * barWidth)}
                    y={y}
                    width={barWidth}
                    height={size}
                    fill={series[of]?.color}
                  />
                );
              })}
            </a>
          );
        })}
      </svg>
      <div className="step-chart-ends">
        <At at={from} form="full" />
        <At at={to} form="full" />
      </div>
      <ul className="step-chart-legend">
        {series.map(({ name, color }) => (
          <li key={name}>
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" fill={color} />
            </svg>{' '}
            {name}
          </li>
        ))}
      </ul>
    </Container>
  );
};
