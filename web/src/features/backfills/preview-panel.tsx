import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { BackfillPreview } from '../../../../shared/contracts/api/backfill-view.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { ItemList } from '../../ui/list/item-list.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { formatDuration } from '../../ui/time/format.ts';

/** What the backfill would do, exactly: dates in their groups, instances per task, what is left out and what it waits for. */
export const PreviewPanel = ({ preview }: { preview: BackfillPreview }) => {
  const t = useT();
  const language = useLanguage();
  const groups = [...Map.groupBy(preview.days, ({ group }) => group)];

  return (
    <Container header={<Header variant="h2">{t('backfills.preview')}</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          items={[
            { label: t('backfills.instances'), value: preview.instances },
            { label: t('backfills.running'), value: preview.running },
            { label: t('backfills.tasks'), value: preview.totalTasks },
            {
              label: t('backfills.estimate'),
              value:
                preview.estimatedSeconds === null
                  ? t('backfills.no-history')
                  : formatDuration(preview.estimatedSeconds * 1000, language),
            },
          ]}
        />
        {preview.instances === 0 && <Alert type="warning">{t('backfills.nothing')}</Alert>}
        {preview.conflicts.length > 0 && (
          <Alert type="info" header={t('backfills.conflicts', { count: preview.conflicts.length })}>
            <ul className="plain-list">
              {preview.conflicts.slice(0, 10).map(({ id, status }) => (
                <li key={id}>
                  <RouteLink to="/instances/$instance" params={{ instance: id }}>
                    {id}
                  </RouteLink>{' '}
                  {t(`status.${status}`)}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {groups.map(([group, days]) => (
          <Box key={group}>
            <Box variant="strong">{t('backfills.group', { number: group + 1 })}</Box>{' '}
            {days.map(({ bizDate, instances }, n) => (
              <span key={bizDate}>
                {n > 0 && ' → '}
                <BizDate day={bizDate} /> ({instances})
              </span>
            ))}
          </Box>
        ))}
        <ExpandableSection headerText={t('backfills.tasks-shown', { count: preview.totalTasks })}>
          <ItemList
            title=""
            items={preview.tasks.map(({ task, how, instances, running }) => ({
              id: task,
              text: task,
              note: how === 'dry-run' ? `${instances} · ${t('backfills.dry-run')}` : `${running}`,
            }))}
          />
        </ExpandableSection>
        {preview.paused.length > 0 && (
          <ItemList
            title={t('backfills.left-paused', { count: preview.paused.length })}
            items={preview.paused.map((id) => ({ id, text: id }))}
          />
        )}
        {preview.forbidden.length > 0 && (
          <ItemList
            title={t('backfills.left-forbidden', { count: preview.forbidden.length })}
            items={preview.forbidden.map((id) => ({ id, text: id }))}
          />
        )}
        {preview.warnings.includes('self-dependence-ignored') && (
          <Alert type="warning">{t('backfills.self-ignored')}</Alert>
        )}
      </SpaceBetween>
    </Container>
  );
};
