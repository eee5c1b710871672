import {
  colorTextStatusError,
  colorTextStatusInactive,
  colorTextStatusInfo,
  colorTextStatusSuccess,
} from '@cloudscape-design/design-tokens';
import type { WorkflowRow } from '../../../../shared/contracts/api/workflow-routes.ts';
import type { RunStatus } from '../../../../shared/domain/run/run.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Each status has a shape and a colour of its own, so that it can be told without colours. */
const marks: Readonly<Record<RunStatus, { color: string; path: string; solid: boolean }>> = {
  SUCCESS: { color: colorTextStatusSuccess, path: 'M2 6.5 4.7 9 10 3', solid: false },
  FAILED: { color: colorTextStatusError, path: 'M2.5 2.5l7 7M9.5 2.5l-7 7', solid: false },
  RUNNING: { color: colorTextStatusInfo, path: 'M3.5 2.5v7l6-3.5z', solid: true },
  WAITING: { color: colorTextStatusInactive, path: 'M6 3v3l2 2', solid: false },
  CANCELLED: { color: colorTextStatusInactive, path: 'M2.5 6h7', solid: false },
};

const cell = 14;

/** The last runs as one row of marks, oldest to newest from left to right, like writing. */
export const RecentRuns = ({ runs }: { runs: WorkflowRow['recentRuns'] }) => {
  const t = useT();
  if (runs.length === 0) return '–';

  const label = t('workflows.recent-text', {
    count: runs.length,
    statuses: runs.map(({ status }) => t(`run-status.${status}`)).join(', '),
  });
  return (
    <svg
      role="img"
      aria-label={label}
      width={runs.length * cell}
      height={cell}
      className="recent-runs"
    >
      {runs.toReversed().map(({ run, status, bizDate }, at) => {
        const { color, path, solid } = marks[status];
        return (
          <g key={run} transform={`translate(${at * cell + 1} 1)`}>
            <title>{`${bizDate} · ${t(`run-status.${status}`)}`}</title>
            <rect width={12} height={12} rx={2} fill={color} opacity={0.16} />
            <path d={path} stroke={color} strokeWidth={1.8} fill={solid ? color : 'none'} />
          </g>
        );
      })}
    </svg>
  );
};
