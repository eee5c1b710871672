import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type {
  Held,
  Instance,
  Outcome,
  Status,
} from '../../../../shared/domain/instance/instance.schema.ts';
import { useT } from '../i18n/language-provider.tsx';
import type { PlainKey } from '../i18n/messages.ts';

/** Icon and colour of each status; the text always stands beside it. */
const indicatorOf: Readonly<Record<Status, StatusIndicatorProps.Type>> = {
  NOT_RUN: 'not-started',
  WAIT_TIME: 'pending',
  THROTTLED: 'warning',
  WAIT_RESOURCE: 'warning',
  SUBMITTED: 'in-progress',
  RUNNING: 'in-progress',
  SUCCESS: 'success',
  FAILED: 'error',
};

const stoppingText: Readonly<Record<NonNullable<Instance['stopping']>, PlainKey>> = {
  terminate: 'status.stopping',
  timeout: 'status.timing-out',
  rerun: 'status.restarting',
  'force-rerun': 'status.restarting',
};

type Flags = {
  paused?: boolean | undefined;
  held?: Held | undefined;
  /** Set aside because its task is paused or a hold covers it. */
  taskPaused?: boolean | undefined;
  askedAt?: string | undefined;
};

/** What a running attempt says of how far it is. */
type Shown = { readonly percent?: number | undefined };

/** The status of an instance with the flag that matters most. */
export const InstanceStatus = ({
  status,
  outcome,
  stopping,
  progress,
  ...flags
}: Flags & {
  status: Status;
  outcome?: Outcome | null | undefined;
  stopping?: Instance['stopping'];
  progress?: Shown | undefined;
}) => {
  const t = useT();
  const text = t(`status.${status}`);

  if (stopping)
    return <StatusIndicator type="in-progress">{t(stoppingText[stopping])}</StatusIndicator>;
  const flag = flagText(status, flags);
  if (flag)
    return (
      <StatusIndicator type={flag === 'status.asked' ? 'pending' : 'stopped'}>
        {flag === 'status.asked' ? t(flag) : `${t(flag)} · ${text}`}
      </StatusIndicator>
    );
  const ordinary = !outcome || outcome === 'ran' || outcome === 'failed';
  return (
    <StatusIndicator type={indicatorOf[status]}>
      {ordinary ? text : `${text} · ${t(`outcome.${outcome}`)}`}
      {progress?.percent !== undefined && ` · ${Math.floor(progress.percent)} %`}
    </StatusIndicator>
  );
};

const flagText = (
  status: Status,
  { paused, held, taskPaused, askedAt }: Flags,
): PlainKey | undefined => {
  if (paused) return 'status.paused';
  if (held) return 'status.held';
  if (taskPaused) return 'status.set-aside';
  return askedAt && status === 'WAIT_TIME' ? 'status.asked' : undefined;
};
