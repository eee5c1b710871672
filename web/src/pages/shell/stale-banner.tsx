import Alert from '@cloudscape-design/components/alert';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';
import { useStaleSince } from '../../api/use-stale-since.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';

/** Says that what is shown is old, and why, instead of blanking the page. */
export const StaleBanner = () => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const stale = useStaleSince();
  if (!stale) return null;

  const reason = stale.error instanceof ApiProblem ? stale.error.message : t('problem.offline');
  return (
    <Alert type="warning">
      {t('shell.stale', { time: formatInstant(stale.since, zone, language), reason })}
    </Alert>
  );
};
