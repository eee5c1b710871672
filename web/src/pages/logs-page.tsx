import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { LogRow } from '../../../shared/contracts/api/log-search.ts';
import { defaultSpan } from '../../../shared/domain/log/time-span.ts';
import { useMay } from '../features/access/access.queries.ts';
import { LineDetail } from '../features/logs/line-detail.tsx';
import { isNarrowed, type LogConditions } from '../features/logs/log-query.ts';
import { lastLoggedProjectQuery, logLineQuery } from '../features/logs/logs.queries.ts';
import { marksOfSearch } from '../features/logs/marks-of.ts';
import { TimePanel } from '../features/logs/time-panel.tsx';
import { TraceView } from '../features/logs/trace-view.tsx';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { RetryButton } from '../features/runs/retry-button.tsx';
import { runQuery } from '../features/runs/runs.queries.ts';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { Waiting } from '../ui/feedback/waiting.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useScope } from '../ui/scope.ts';
import { LogResults } from './parts/log-results.tsx';
import { LogsSearch } from './search/logs-search.ts';
import '../features/logs/logs.css';

const route = getRouteApi('/in/logs');
const everything = '*';

/** Run logs over all runs (seed 001): opens on the most recent application, its last 30 minutes, the newest first. */
export const LogsPage = () => {
  const t = useT();
  const may = useMay();
  const router = useRouter();
  const scope = useScope();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const {
    env: _env,
    project: _project,
    span,
    from,
    to,
    order,
    line,
    trace,
    all,
    ...conditions
  } = search;
  const projects = useQuery(projectsQuery());
  const last = useQuery({ ...lastLoggedProjectQuery(), enabled: !scope.project && !all });
  const [wrap, setWrap] = useState(false);
  const readable = (projects.data ?? []).filter(({ name }) => may('operator', name));
  const project = scope.project ?? (all ? undefined : (last.data?.project ?? readable[0]?.name));
  const chosen = useQuery({ ...logLineQuery(line ?? ''), enabled: line !== undefined });
  const marks = useMemo(() => marksOfSearch(conditions.text), [conditions.text]);
  const lineRun = chosen.data?.runId;
  const run = useQuery({ ...runQuery(lineRun ?? ''), enabled: lineRun !== undefined });

  const set = (change: Partial<LogsSearch> & { project?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setConditions = (next: LogConditions) =>
    void navigate({
      search: ({ env, project: name, ...before }) => ({
        ...{ env, project: name, all: before.all, span: before.span },
        ...{ from: before.from, to: before.to, order: before.order },
        ...LogsSearch.parse(next),
      }),
      replace: true,
    });
  const open = (row: LogRow) => set({ line: row.id });
  const startTrace = (run: string) =>
    void navigate({ search: (before) => ({ ...before, trace: run, line: undefined }) });
  /** All filters with an absolute window around the line, so that it is there for whoever opens it (W68). */
  const linkOf = (row: LogRow): string => {
    const at = Date.parse(row.at);
    const around = { from: new Date(at - 900_000), to: new Date(at + 900_000) };
    return router.buildLocation({
      to: '/logs',
      search: {
        ...search,
        ...{ project: row.project, line: row.id, span: 'custom', trace },
        ...{ from: around.from.toISOString(), to: around.to.toISOString() },
      } as never,
    }).href;
  };

  if (projects.isPending || (last.isPending && last.isFetching)) return <Waiting />;
  if (projects.isError && !projects.data)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{t('logs.title')}</Header>
        <ProblemAlert error={projects.error} onRetry={() => void projects.refetch()} />
      </SpaceBetween>
    );
  if (readable.length === 0)
    return (
      <Box textAlign="center" padding="xxl">
        <Header variant="h1">{t('logs.title')}</Header>
        <EmptyList text={t('logs.no-project')} />
      </Box>
    );

  const detail = line !== undefined && chosen.data && (
    <LineDetail
      row={chosen.data}
      parts={chosen.data.parts}
      marks={marks}
      linkOf={linkOf}
      onTrace={startTrace}
      onNarrow={(next) => setConditions({ ...conditions, ...next })}
      onClose={() => set({ line: undefined })}
      actions={run.data && run.data.run === lineRun && <RetryButton run={run.data} may={may} />}
    />
  );

  return (
    <div className={`logs-split ${detail ? 'logs-split-open' : ''}`}>
      {trace ? (
        <TraceView
          run={trace}
          chosen={line}
          wrap={wrap}
          onChoose={open}
          onTrace={startTrace}
          onBack={() => set({ trace: undefined, line: undefined })}
        />
      ) : (
        <SpaceBetween size="m">
          <Header
            variant="h1"
            actions={
              <Button
                onClick={() => void navigate({ search: ({ env }) => ({ env }), replace: true })}
              >
                {t('logs.reset')}
              </Button>
            }
          >
            {t('logs.title')}
          </Header>
          <div className="logs-bar">
            <FormField label={t('logs.application')}>
              <Select
                selectedOption={
                  project === undefined
                    ? { value: everything, label: t('logs.application-all') }
                    : { value: project, label: project }
                }
                options={[
                  { value: everything, label: t('logs.application-all') },
                  ...readable.map(({ name }) => ({ value: name, label: name })),
                ]}
                filteringType="auto"
                onChange={({ detail: { selectedOption } }) =>
                  selectedOption.value === everything
                    ? set({ project: undefined, all: 'yes', line: undefined })
                    : set({ project: selectedOption.value, all: undefined, line: undefined })
                }
              />
            </FormField>
          </div>
          <LogResults
            key={project ?? everything}
            scope={{ env: scope.env, project }}
            conditions={conditions}
            span={span ?? defaultSpan}
            own={from && to ? { from, to } : undefined}
            order={order ?? 'desc'}
            line={line}
            wrap={wrap}
            marks={marks}
            narrowed={isNarrowed(conditions)}
            saved={savedFilterOf(search)}
            timePanel={(range) => (
              <TimePanel
                span={span ?? defaultSpan}
                range={range}
                onChange={(next, ownRange) =>
                  set({
                    span: next === defaultSpan ? undefined : next,
                    from: ownRange?.from,
                    to: ownRange?.to,
                    line: undefined,
                  })
                }
              />
            )}
            onZoom={(range) => set({ span: 'custom', ...range })}
            onConditions={setConditions}
            onSaved={(filter) =>
              void navigate({
                search: ({ env }) => ({
                  env,
                  ...LogsSearch.parse(filter),
                  project: filter.project,
                }),
              })
            }
            onOrder={(next) => set({ order: next === 'asc' ? next : undefined })}
            onWider={() => set({ span: '7d', from: undefined, to: undefined })}
            onWrap={setWrap}
            onChoose={open}
            onTrace={startTrace}
          />
        </SpaceBetween>
      )}
      {detail}
    </div>
  );
};

/** What a saved search keeps: conditions and range, not the line that is open. */
const savedFilterOf = ({
  line: _line,
  trace: _trace,
  ...search
}: LogsSearch & { env?: string; project?: string }) =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
