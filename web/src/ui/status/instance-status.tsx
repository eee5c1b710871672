import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { Outcome, Status } from '../../../../shared/domain/instance/instance.schema.ts';
import { useT } from '../i18n/language-provider.tsx';

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

export const InstanceStatus = ({
  status,
  outcome,
  paused,
  stopping,
}: {
  status: Status;
  outcome?: Outcome | null | undefined;
  paused?: boolean | undefined;
  stopping?: 'terminate' | 'timeout' | undefined;
}) => {
  const t = useT();
  const text = t(`status.${status}`);

  if (stopping)
    return (
      <StatusIndicator type="in-progress">
        {t(stopping === 'terminate' ? 'status.stopping' : 'status.timing-out')}
      </StatusIndicator>
    );
  if (paused)
    return (
      <StatusIndicator type="stopped">
        {t('status.paused')} · {text}
      </StatusIndicator>
    );
  const ordinary = !outcome || outcome === 'ran' || outcome === 'failed';
  return (
    <StatusIndicator type={indicatorOf[status]}>
      {ordinary ? text : `${text} · ${t(`outcome.${outcome}`)}`}
    </StatusIndicator>
  );
};
