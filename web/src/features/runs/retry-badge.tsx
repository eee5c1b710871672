import Badge from '@cloudscape-design/components/badge';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';

/** What became of the latest manual retry of a failed run, with the way to it; nothing without one. */
export const RetryBadge = ({ retry }: Pick<RunView, 'retry'>) => {
  const t = useT();
  if (!retry) return null;
  const { run, status } = retry;
  return (
    <RouteLink to="/runs/$run" params={{ run }}>
      <Badge color={status === 'SUCCESS' ? 'green' : status === 'FAILED' ? 'red' : 'blue'}>
        {t(`retry.badge.${status}`)}
      </Badge>
    </RouteLink>
  );
};
