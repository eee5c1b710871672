import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Handover } from '../../../../shared/contracts/api/handover-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';

/** Rows that are shown here; the operation log has the rest. */
const shown = 10;

/** Who did how much, and the newest of it. */
export const Operations = ({ told: { operators, operations } }: { told: Handover }) => {
  const t = useT();

  return (
    <Container
      header={
        <Header variant="h2" actions={<RouteLink to="/audit">{t('handover.log')}</RouteLink>}>
          {t('handover.operated')}
        </Header>
      }
    >
      {operators.length === 0 ? (
        <Box>{t('handover.operated-none')}</Box>
      ) : (
        <SpaceBetween size="s">
          <Box>
            {operators
              .map(({ actor, count }) => `${actor}: ${t('handover.operations', { count })}`)
              .join(' · ')}
          </Box>
          <ul className="handover-list">
            {operations.slice(0, shown).map(({ id, at, actor, action, object, reason }) => (
              <li key={id}>
                <At at={at} /> {actor}: <b>{action}</b> {object}
                {reason && (
                  <Box variant="small" display="block">
                    {reason}
                  </Box>
                )}
              </li>
            ))}
          </ul>
        </SpaceBetween>
      )}
    </Container>
  );
};
