import Alert from '@cloudscape-design/components/alert';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { PlanSummary } from '../../../../shared/domain/bulk/plan-summary.schema.ts';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { ItemList } from '../../ui/list/item-list.tsx';
import { formatDuration } from '../../ui/time/format.ts';

/** What an operation would do: how many, in which order, who is stopped, who waits below, what the pools bear. */
export const PlanView = ({ plan }: { plan: PlanSummary }) => {
  const t = useT();
  const { total, levels, below, stops, waits, ineligible, pools } = plan;
  const statuses = Object.entries(plan.byStatus) as [Status, number][];

  return (
    <SpaceBetween size="m">
      {total === 0 && <Alert type="warning">{t('operations.nothing')}</Alert>}
      {stops.count > 0 && (
        <Alert type="warning">{t('operations.stopping', { count: stops.count })}</Alert>
      )}
      <KeyValuePairs
        columns={3}
        items={[
          {
            label: t('operations.targets'),
            value: t('operations.will-run', {
              count: total,
              steps:
                levels > 1 ? t('operations.steps', { count: levels }) : t('operations.one-step'),
            }),
          },
          {
            label: t('operations.below'),
            value: below.more ? t('operations.below-more', { count: below.count }) : below.count,
          },
          { label: t('operations.left-out'), value: ineligible.count },
          ...(waits > 0 ? [{ label: t('operations.waits'), value: waits }] : []),
          ...(stops.count > 0 ? [{ label: t('operations.stops'), value: stops.count }] : []),
          ...(plan.estimate
            ? [
                {
                  label: t('operations.estimate'),
                  value: <Estimate of={plan.estimate} total={total} />,
                },
              ]
            : []),
        ]}
      />
      <ColumnLayout columns={2} minColumnWidth={240}>
        {statuses.length > 0 && (
          <ItemList
            title={t('operations.by-status')}
            items={statuses.map(([status, count]) => ({
              id: status,
              text: t(`status.${status}`),
              note: String(count),
            }))}
          />
        )}
        {plan.byWorkflow.length > 0 && (
          <ItemList title={t('operations.by-workflow')} items={workflowItems(plan.byWorkflow)} />
        )}
        {below.byWorkflow.length > 0 && (
          <ItemList
            title={t('operations.below-by-workflow')}
            items={workflowItems(below.byWorkflow)}
          />
        )}
        {pools.length > 0 && (
          <ItemList
            title={t('operations.pools')}
            items={pools.map(({ pool, ...load }) => ({
              id: pool,
              text: pool,
              note: t('operations.pool-text', load),
            }))}
          />
        )}
        {ineligible.reasons.length > 0 && (
          <ItemList
            title={t('operations.reasons')}
            items={ineligible.reasons.map(({ reason, ...of }) => ({
              id: reason,
              text: reason,
              note: t('operations.reason-count', of),
            }))}
          />
        )}
      </ColumnLayout>
    </SpaceBetween>
  );
};

const workflowItems = (workflows: PlanSummary['byWorkflow']) =>
  workflows.map(({ project, workflow, count }) => ({
    id: `${project}/${workflow}`,
    text: `${project}/${workflow}`,
    note: String(count),
  }));

const Estimate = ({ of, total }: { of: NonNullable<PlanSummary['estimate']>; total: number }) => {
  const t = useT();
  const language = useLanguage();
  if (of.withoutHistory === total) return t('operations.unknown');
  const text = (seconds: number) => formatDuration(seconds * 1_000, language);
  const time = t('operations.estimate-text', {
    least: text(of.atLeastSeconds),
    work: text(of.workSeconds),
  });
  return of.withoutHistory > 0
    ? `${time} (${t('operations.no-history', { count: of.withoutHistory })})`
    : time;
};
