import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';
import { logDays } from '../../../../shared/domain/log/time-presets.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { LevelMark } from './level-mark.tsx';
import { logLevels } from './log-query.ts';
import { LogTable } from './log-table.tsx';
import { runTraceQuery } from './logs.queries.ts';
import { marksOfSearch } from './marks-of.ts';

const noMarks = marksOfSearch(undefined);

/** All and only the lines of one run, oldest first, with its components in time (W60). */
export const TraceView = ({
  run,
  chosen,
  wrap,
  onChoose,
  onTrace,
  onBack,
}: {
  run: string;
  chosen: string | undefined;
  wrap: boolean;
  onChoose: (row: LogRow) => void;
  onTrace: (run: string) => void;
  onBack: () => void;
}) => {
  const t = useT();
  const trace = useInfiniteQuery(runTraceQuery(run));
  const rows = trace.data?.pages.flatMap(({ items }) => items) ?? [];
  const summary = trace.data?.pages[0]?.summary;
  const unknown = trace.error instanceof ApiProblem && trace.error.code === 'run-not-found';

  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button iconName="arrow-left" onClick={onBack}>
            {t('logs.trace.back')}
          </Button>
        }
        description={
          summary && (
            <span className="logs-bar">
              {t('logs.found', { count: summary.total })}
              {logLevels.map((level) => (
                <span key={level}>
                  <LevelMark level={level} /> {summary.counts[level]}
                </span>
              ))}
            </span>
          )
        }
      >
        {t('logs.trace.title', { run })}
      </Header>
      {unknown && <Alert type="warning">{t('logs.trace.unknown', { days: logDays })}</Alert>}
      {trace.isError && !unknown && (
        <ProblemAlert error={trace.error} onRetry={() => void trace.refetch()} />
      )}
      {trace.isPending && <Waiting />}
      {summary && summary.components.length > 0 && (
        <ExpandableSection headerText={t('logs.trace.timeline')}>
          <ol className="logs-context">
            {summary.components.map(({ instance, task, status, startedAt, endedAt }) => (
              <li key={instance}>
                <strong>{task}</strong> {t(`status.${status}`)} · <At at={startedAt} /> ·{' '}
                {startedAt && endedAt ? <Duration from={startedAt} to={endedAt} /> : '–'}
              </li>
            ))}
          </ol>
        </ExpandableSection>
      )}
      {trace.isSuccess && rows.length === 0 && <Box>{t('log.empty')}</Box>}
      {rows.length > 0 && (
        <LogTable
          rows={rows}
          chosen={chosen}
          marks={noMarks}
          wrap={wrap}
          follow={false}
          onChoose={onChoose}
          onTrace={onTrace}
          footer={
            trace.hasNextPage && (
              <Button loading={trace.isFetchingNextPage} onClick={() => void trace.fetchNextPage()}>
                {t('logs.more')}
              </Button>
            )
          }
        />
      )}
    </SpaceBetween>
  );
};
