import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ListedSimulation } from '../../../../shared/contracts/api/simulation-routes.ts';
import { placeBar } from '../../ui/gantt/place-bar.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import './simulation.css';

const shownPeaks = 5;

/** How many attempts fall due and start in each five minutes, and where there are too many. */
export const HerdChart = ({
  project,
  simulation: { herd, peaks, from, until },
}: {
  project: string;
  simulation: ListedSimulation;
}) => {
  const t = useT();
  const most = Math.max(1, ...herd.map(({ due, started }) => Math.max(due, started)));
  const leftOf = (at: string) => placeBar({ startAt: at, endAt: at }, { from, to: until })?.left;

  return (
    <Container
      header={
        <Header variant="h2" description={t('simulation.herd-text')}>
          {t('simulation.herd')}
        </Header>
      }
    >
      {herd.length === 0 ? (
        <Box>{t('simulation.no-herd')}</Box>
      ) : (
        <SpaceBetween size="s">
          <div
            className="herd"
            role="img"
            aria-label={t('simulation.herd-label', { most, count: herd.length })}
          >
            {herd.map(({ at, due, started }) => {
              const left = leftOf(at);
              if (left === undefined) return null;
              return (
                <span key={at}>
                  <span
                    className="herd-due"
                    style={{ insetInlineStart: `${left}%`, blockSize: `${(100 * due) / most}%` }}
                  />
                  <span
                    className="herd-started"
                    style={{
                      insetInlineStart: `${left}%`,
                      blockSize: `${(100 * started) / most}%`,
                    }}
                  />
                </span>
              );
            })}
          </div>
          <div className="herd-ends">
            <At at={from} project={project} />
            <Box variant="small" color="text-body-secondary">
              {t('simulation.herd-legend', { most })}
            </Box>
            <At at={until} project={project} />
          </div>
          {peaks.length > 0 && (
            <ul className="plain-list" aria-label={t('simulation.peaks')}>
              {peaks.slice(0, shownPeaks).map(({ at, due, quieter }) => (
                <li key={at}>
                  <At at={at} project={project} />: {t('simulation.peak', { count: due })}
                  {quieter && (
                    <>
                      {' '}
                      {t('simulation.quieter', { count: quieter.due })}{' '}
                      <At at={quieter.at} project={project} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
        </SpaceBetween>
      )}
    </Container>
  );
};
