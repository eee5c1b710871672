import Box from '@cloudscape-design/components/box';
import type { Incident } from '../../../../shared/domain/alert/incident.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** What the failures have in common. */
export const CauseText = ({ cause }: { cause: Incident['cause'] }) => {
  const t = useT();
  const place = [cause.workflow, cause.task].filter(Boolean).join('/');
  return (
    <span className="cell-text">
      {cause.kind === 'upstream'
        ? `${t('incidents.upstream-cause')}: ${place}`
        : (cause.error ?? cause.fingerprint)}
      <Box fontSize="body-s" color="text-body-secondary">
        {cause.kind === 'upstream' ? cause.error : t('incidents.error-cause')}
      </Box>
    </span>
  );
};
