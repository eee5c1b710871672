import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { formatDuration } from '../../ui/time/format.ts';

/** What an instance is, in pairs of label and value. */
export const InstanceFacts = ({ row }: { row: InstanceRow }) => {
  const t = useT();
  const language = useLanguage();
  const { project, workflow } = row;
  const seconds = (value: number) => formatDuration(value * 1_000, language);

  return (
    <KeyValuePairs
      columns={4}
      items={[
        {
          label: t('instances.status'),
          value: <InstanceStatus {...row} />,
        },
        { label: t('instances.biz-date'), value: <BizDate day={row.bizDate} /> },
        { label: t('instances.due'), value: <At at={row.dueAt} project={project} form="full" /> },
        {
          label: t('instances.started'),
          value: <At at={row.startedAt} project={project} form="full" />,
        },
        {
          label: t('instances.ended'),
          value: <At at={row.endedAt} project={project} form="full" />,
        },
        {
          label: t('instances.duration'),
          value: <Duration from={row.startedAt} to={row.endedAt} />,
        },
        { label: t('instances.attempts'), value: row.attempts },
        {
          label: t('instance.retries'),
          value: t('instance.retries-text', {
            used: row.autoRetries,
            count: row.retries.count,
            interval: seconds(row.retries.intervalSeconds),
          }),
        },
        { label: t('common.project'), value: project },
        {
          label: t('common.workflow'),
          value: (
            <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
              {workflow}
            </RouteLink>
          ),
        },
        {
          label: t('instance.run'),
          value: (
            <RouteLink to="/runs/$run" params={{ run: row.run }}>
              {row.bizDate} · {row.cycle}
            </RouteLink>
          ),
        },
        { label: t('instance.family'), value: t(`family.${row.family}`) },
        { label: t('instances.kind'), value: row.kind },
        { label: t('instances.cycle'), value: row.index },
        { label: t('common.priority'), value: t(`priority.${row.priority}`) },
        { label: t('instances.resource-group'), value: row.resourceGroup },
        { label: t('common.owner'), value: row.owner ?? t('common.none') },
        { label: t('instance.timeout'), value: seconds(row.timeoutSeconds) },
        { label: t('instance.version'), value: row.version },
        { label: t('instance.code-version'), value: row.codeVersion ?? t('common.none') },
        ...(row.retryAt
          ? [
              {
                label: t('instances.retry-at'),
                value: <At at={row.retryAt} project={project} form="full" />,
              },
            ]
          : []),
        ...(row.progress
          ? [
              {
                label: t('instance.progress'),
                value: [
                  row.progress.percent === undefined ? '' : `${row.progress.percent} %`,
                  row.progress.rows === undefined
                    ? ''
                    : t('instance.progress-rows', { count: row.progress.rows }),
                  row.progress.message ?? '',
                ]
                  .filter((part) => part !== '')
                  .join(' · '),
              },
            ]
          : []),
        ...(row.forced ? [{ label: t('instance.forced'), value: t('common.yes') }] : []),
        ...(row.tags.length > 0 ? [{ label: t('common.tags'), value: row.tags.join(', ') }] : []),
        ...(row.taken ? [{ label: t('instance.taken'), value: row.taken.join(', ') }] : []),
        ...(row.error ? [{ label: t('instance.error'), value: <code>{row.error}</code> }] : []),
        {
          label: t('instance.id'),
          value: (
            <CopyToClipboard
              variant="inline"
              copyButtonAriaLabel={t('common.copy-id')}
              copySuccessText={t('common.copied')}
              copyErrorText={t('common.copy-failed')}
              textToCopy={row.id}
            />
          ),
        },
      ]}
    />
  );
};
