import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { NoteText } from '../../ui/text/note-text.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import { runbookQuery } from './handover.queries.ts';

/** What helps with a failed instance: the runbook of its task, and what a person did the last time it worked. */
export const RunbookPanel = ({ instance }: { instance: string }) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const found = useQuery(runbookQuery(instance));

  return (
    <Container header={<Header variant="h2">{t('runbook.title')}</Header>}>
      <Loaded query={found} lines={2}>
        {({ runbook, lastFix, looked }) => (
          <SpaceBetween size="s">
            {runbook ? <NoteText text={runbook} /> : <Box>{t('runbook.none')}</Box>}
            {lastFix ? (
              <div>
                <Box variant="h3">
                  {t(lastFix.sameError ? 'runbook.last-fix-same' : 'runbook.last-fix')}
                </Box>
                <RouteLink to="/instances/$instance" params={{ instance: lastFix.instance }}>
                  {t('runbook.fix', {
                    move: lastFix.move,
                    actor: lastFix.actor,
                    time: formatInstant(lastFix.at, zone, language),
                  })}
                </RouteLink>
                {lastFix.reason && <Box>{lastFix.reason}</Box>}
                {lastFix.error && (
                  <Box variant="small">{t('runbook.then', { error: lastFix.error })}</Box>
                )}
              </div>
            ) : (
              <Box variant="small">{t('runbook.no-fix', { count: looked })}</Box>
            )}
          </SpaceBetween>
        )}
      </Loaded>
    </Container>
  );
};
