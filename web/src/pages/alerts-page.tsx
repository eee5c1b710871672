import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { type AlertEvent, AlertStatus } from '../../../shared/domain/alert/alert-event.schema.ts';
import { Severity } from '../../../shared/domain/alert/alert-rule.schema.ts';
import { OccurrenceKind } from '../../../shared/domain/notice/occurrence.schema.ts';
import { call } from '../api/call.ts';
import { useMay } from '../features/access/access.queries.ts';
import { alertsQuery } from '../features/notify/sent.queries.ts';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { guard } from '../ui/form/guard.ts';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { BatchDialog } from '../ui/list/batch-dialog.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { useSelection } from '../ui/list/use-selection.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { useScope } from '../ui/scope.ts';
import { At } from '../ui/time/at.tsx';
import { useNow } from '../ui/time/time-provider.tsx';
import { AlertsSearch } from './search/notify-search.ts';

const route = getRouteApi('/in/alerts/events');
const idOf = ({ id }: AlertEvent) => id;
const operations = ['acknowledge', 'quiet', 'finish'] as const;
type Operation = (typeof operations)[number];
const statusLooks = {
  ...({ ALERTING: 'error', SILENCING: 'warning' } as const),
  ...({ DO_NOT_DISTURB: 'stopped', FINISH: 'success' } as const),
};
const severityLooks = { info: 'info', warning: 'warning', critical: 'error' } as const;
const quietHours = ['day', '1', '4', '12', '24'] as const;

/** The alert center: one event for each rule and object, to handle, silence or finish (N78). */
export const AlertsPage = () => {
  const t = useT();
  const may = useMay();
  const now = useNow();
  const client = useQueryClient();
  const scope = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, ...filters } = route.useSearch();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify([scope, filters]));
  const list = useQuery(
    alertsQuery({ ...scope, ...filters, limit: pageSize, cursor: pages.cursor }),
  );
  const selection = useSelection(idOf);
  const [operation, setOperation] = useState<Operation>();
  const [quiet, setQuiet] = useState<(typeof quietHours)[number]>('day');
  const items = list.data?.items ?? [];
  const chosen = items.filter(({ id }) => selection.ids.has(id));
  const nothing = chosen.length === 0 ? t('batch.select-first') : undefined;
  const setFilters = (next: FilterValues<keyof AlertsSearch>) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, ...AlertsSearch.parse(next) }),
      replace: true,
    });
  const quietLabel = (value: (typeof quietHours)[number]) =>
    value === 'day' ? t('alerts.quiet-day') : t('alerts.hours', { count: Number(value) });
  const run = (op: Operation, ids: string[], comment: string | undefined) => {
    if (op === 'acknowledge') return call('acknowledgeAlerts', { body: { ids, comment } });
    if (op === 'finish') return call('finishAlerts', { body: { ids, comment } });
    const until =
      quiet === 'day' ? undefined : new Date(now() + Number(quiet) * 3_600_000).toISOString();
    return call('quietAlerts', { body: { ids, until, comment } });
  };
  const refusalOf = ({ status, project }: AlertEvent) => {
    if (!may('operator', project)) return t('notify.needs-operator');
    return status === 'FINISH' && operation !== 'quiet' ? t('alerts.over') : undefined;
  };

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable<AlertEvent>
        name={t('alerts.title')}
        title={t('alerts.title')}
        description={
          list.data?.searchedTo
            ? t('common.searched-to', { to: list.data.searchedTo })
            : t('alerts.about')
        }
        items={items}
        idOf={idOf}
        loading={list.isPending}
        selection={selection}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {operations.map((op) => (
              <Button key={op} {...guard(nothing)} onClick={() => setOperation(op)}>
                {t(`alerts.${op}`)}
              </Button>
            ))}
          </SpaceBetween>
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        filter={
          <FilterBar
            placeholder={t('alerts.find')}
            textKey="text"
            values={filters}
            onChange={setFilters}
            properties={[
              {
                ...{ key: 'status', label: t('alerts.status'), multiple: true },
                options: AlertStatus.options.map((value) => ({
                  value,
                  label: t(`alerts.status.${value}`),
                })),
              },
              {
                ...{ key: 'kind', label: t('alerts.kind'), multiple: true },
                options: OccurrenceKind.options.map((value) => ({
                  value,
                  label: t(`kind.${value}`),
                })),
              },
              {
                ...{ key: 'severity', label: t('arules.severity'), multiple: true },
                options: Severity.options.map((value) => ({
                  value,
                  label: t(`arules.severity.${value}`),
                })),
              },
              {
                ...{ key: 'receiver', label: t('alerts.receiver') },
                options: (['me', 'owner', 'duty', 'contact', 'room'] as const).map((value) => ({
                  value,
                  label: t(`alerts.receiver.${value}`),
                })),
              },
              { key: 'name', label: t('notices.recipient') },
            ]}
          />
        }
        empty={
          !list.isError && (
            <EmptyList
              text={t('alerts.empty')}
              filtered={Object.values(filters).some((value) => value !== undefined)}
              onClear={() => setFilters({})}
            />
          )
        }
        columns={[
          {
            id: 'object',
            header: t('alerts.object'),
            isRowHeader: true,
            cell: ({ object, workflow, task, bizDate }) => {
              const text = [workflow, task].filter(Boolean).join('/') || object;
              return object.startsWith('project:') ? (
                <span>{object.split(':').slice(1).join(' ')}</span>
              ) : (
                <RouteLink to="/instances/$instance" params={{ instance: object }}>
                  {`${text} ${bizDate ?? ''}`}
                </RouteLink>
              );
            },
          },
          { id: 'rule', header: t('alerts.rule'), cell: ({ ruleName }) => ruleName },
          {
            id: 'kind',
            header: t('alerts.kind'),
            cell: ({ kind, error }) => (
              <span className="cell-text">
                {t(`kind.${kind}`)}
                {error && <Box fontSize="body-s">{error}</Box>}
              </span>
            ),
          },
          {
            id: 'severity',
            header: t('arules.severity'),
            cell: ({ severity }) => (
              <StatusIndicator type={severityLooks[severity]}>
                {t(`arules.severity.${severity}`)}
              </StatusIndicator>
            ),
          },
          {
            id: 'status',
            header: t('alerts.status'),
            cell: ({ status, acknowledgedBy, quietUntil }) => (
              <span className="cell-text">
                <StatusIndicator type={statusLooks[status]}>
                  {t(`alerts.status.${status}`)}
                </StatusIndicator>
                {acknowledgedBy && (
                  <Box fontSize="body-s">{t('alerts.handled-by', { by: acknowledgedBy })}</Box>
                )}
                {status === 'DO_NOT_DISTURB' && quietUntil && (
                  <Box fontSize="body-s">
                    {t('alerts.quiet-until')} <At at={quietUntil} />
                  </Box>
                )}
              </span>
            ),
          },
          { id: 'first', header: t('alerts.first'), cell: ({ firstAt }) => <At at={firstAt} /> },
          {
            id: 'latest',
            header: t('alerts.latest'),
            cell: ({ latestAt }) => <At at={latestAt} />,
          },
          { id: 'count', header: t('alerts.count'), cell: ({ count }) => count },
          { id: 'sends', header: t('alerts.sends'), cell: ({ sends }) => sends },
          { id: 'next', header: t('alerts.next'), cell: ({ nextAt }) => <At at={nextAt} /> },
          {
            id: 'incident',
            header: t('incidents.title'),
            cell: ({ incident }) =>
              incident ? (
                <RouteLink to="/incidents/$incident" params={{ incident }}>
                  {t('common.details')}
                </RouteLink>
              ) : (
                '–'
              ),
          },
        ]}
      />
      {operation && (
        <BatchDialog
          action={t(`alerts.${operation}`)}
          items={chosen.map((event) => ({
            id: event.id,
            name: `${event.ruleName}: ${[event.workflow, event.task].filter(Boolean).join('/') || event.object}`,
            refusal: refusalOf(event),
          }))}
          options={
            operation === 'quiet' && (
              <FormField label={t('alerts.quiet-until')}>
                <Select
                  selectedOption={{ value: quiet, label: quietLabel(quiet) }}
                  options={quietHours.map((value) => ({ value, label: quietLabel(value) }))}
                  onChange={({ detail }) =>
                    setQuiet(detail.selectedOption.value as (typeof quietHours)[number])
                  }
                />
              </FormField>
            )
          }
          run={(ids, { comment }) => run(operation, ids, comment)}
          onClose={(changed) => {
            setOperation(undefined);
            if (!changed) return;
            selection.clear();
            void client.invalidateQueries({ queryKey: ['alerts'] });
          }}
        />
      )}
    </>
  );
};
