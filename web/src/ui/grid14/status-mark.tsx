import {
  colorTextStatusError,
  colorTextStatusInactive,
  colorTextStatusInfo,
  colorTextStatusSuccess,
  colorTextStatusWarning,
} from '@cloudscape-design/design-tokens';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import type { RunStatus } from '../../../../shared/domain/run/run.schema.ts';

type Mark = { readonly color: string; readonly path: string; readonly solid?: true };

const clock: Mark = { color: colorTextStatusInactive, path: 'M6 3v3l2 2' };
const queue: Mark = { color: colorTextStatusWarning, path: 'M4 3v6M8 3v6' };
const play: Mark = { color: colorTextStatusInfo, path: 'M3.5 2.5v7l6-3.5z', solid: true };

/** Each status has a shape and a colour of its own, so that it can be told without colours. */
const marks: Readonly<Record<Status | RunStatus, Mark>> = {
  NOT_RUN: { color: colorTextStatusInactive, path: 'M6 6h.01' },
  WAIT_TIME: clock,
  WAITING: clock,
  THROTTLED: queue,
  WAIT_RESOURCE: queue,
  SUBMITTED: { color: colorTextStatusInfo, path: 'M3.5 2.5v7l6-3.5z' },
  RUNNING: play,
  SUCCESS: { color: colorTextStatusSuccess, path: 'M2 6.5 4.7 9 10 3' },
  FAILED: { color: colorTextStatusError, path: 'M2.5 2.5l7 7M9.5 2.5l-7 7' },
  CANCELLED: { color: colorTextStatusInactive, path: 'M2.5 6h7' },
};

/** The status of an instance or a run in one small square; its words stand beside it, for those who need them. */
export const StatusMark = ({ status }: { status: Status | RunStatus }) => {
  const { color, path, solid } = marks[status];
  return (
    <svg width={16} height={16} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <rect width={12} height={12} rx={2} fill={color} opacity={0.16} />
      <path d={path} stroke={color} strokeWidth={1.8} fill={solid ? color : 'none'} />
    </svg>
  );
};
