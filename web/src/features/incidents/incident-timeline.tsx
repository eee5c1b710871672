import Box from '@cloudscape-design/components/box';
import type { IncidentStep } from '../../../../shared/contracts/api/incident-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';

/** What happened to an incident, the oldest first: who was told of what, who did what. */
export const IncidentTimeline = ({
  project,
  steps,
}: {
  project: string;
  steps: readonly IncidentStep[];
}) => {
  const t = useT();
  return (
    <ol className="handover-list">
      {steps.map(({ id, at, kind, by, text, until, notice, rule, count, recipients = [] }) => (
        <li key={id}>
          <At at={at} /> <strong>{t(`incidents.step.${kind}`)}</strong>{' '}
          {by && !by.startsWith('system:') && t('incidents.by', { by })}{' '}
          {until && (
            <>
              {t('alerts.quiet-until')} <At at={until} />
            </>
          )}{' '}
          {recipients.length > 0 && t('incidents.told-to', { names: recipients.join(', ') })} {rule}{' '}
          {count !== undefined && t('incidents.told-count', { count })}{' '}
          {notice && (
            <RouteLink to="/notifications/sent" search={{ project, notice }}>
              {t('common.details')}
            </RouteLink>
          )}
          {text && <Box className="note">{text}</Box>}
        </li>
      ))}
    </ol>
  );
};
