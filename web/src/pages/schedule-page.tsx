import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { isoOf } from '../../../shared/domain/kernel/calendar-day.ts';
import { herdPeaks } from '../../../shared/domain/schedule/herd.ts';
import { instantOfLocal } from '../../../shared/domain/schedule/instant-of-local.ts';
import { BucketFires } from '../features/schedule/bucket-fires.tsx';
import { DensityChart } from '../features/schedule/density-chart.tsx';
import { DstTable } from '../features/schedule/dst-table.tsx';
import { FiresChart } from '../features/schedule/fires-chart.tsx';
import { HerdPanel } from '../features/schedule/herd-panel.tsx';
import { scheduleQuery } from '../features/schedule/schedule.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useScope } from '../ui/scope.ts';
import { useNow, useShownZone } from '../ui/time/time-provider.tsx';
import type { ScheduleSearch } from './search/schedule-search.ts';

const route = getRouteApi('/in/schedule');
const hourMs = 3_600_000;
const leastChoices = ['5', '10', '20', '50', '100', '500'] as const;

/** All planned fires on one timeline, with the places where they pile up (libraries-and-ux §7). */
export const SchedulePage = () => {
  const t = useT();
  const { env, project } = useScope();
  const zone = useShownZone(project);
  const now = useNow();
  const navigate = route.useNavigate();
  const { horizon, from: day, workflow, least = '20', at } = route.useSearch();
  const show = (change: ScheduleSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  // The hour that has begun: the picture stays where it is while the minutes pass.
  const from = day
    ? instantOfLocal(`${day}T00:00`, zone)
    : isoOf(Math.floor(now() / hourMs) * hourMs);
  const to = isoOf(Date.parse(from) + (horizon === '7d' ? 168 : 24) * hourMs);
  const timeline = useQuery(scheduleQuery({ env, project, from, to }));

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('timeline.text')}>
        {t('timeline.title')}
      </Header>
      <SpaceBetween direction="horizontal" size="m" alignItems="end">
        <SegmentedControl
          label={t('timeline.horizon')}
          selectedId={horizon ?? '24h'}
          options={[
            { id: '24h', text: t('timeline.24h') },
            { id: '7d', text: t('timeline.7d') },
          ]}
          onChange={({ detail }) =>
            show({ horizon: detail.selectedId === '7d' ? '7d' : undefined, at: undefined })
          }
        />
        <FormField label={t('timeline.from')}>
          <DatePicker
            value={day ?? ''}
            placeholder={t('timeline.from-now')}
            onChange={({ detail }) => show({ from: detail.value || undefined, at: undefined })}
          />
        </FormField>
        <FormField label={t('timeline.workflow')}>
          <Input
            type="search"
            value={workflow ?? ''}
            onChange={({ detail }) => show({ workflow: detail.value || undefined })}
          />
        </FormField>
        <FormField label={t('timeline.least')}>
          <Select
            selectedOption={{ value: least, label: least }}
            options={leastChoices.map((value) => ({ value, label: value }))}
            onChange={({ detail }) => {
              const { value } = detail.selectedOption;
              show({ least: value === '20' ? undefined : (value as ScheduleSearch['least']) });
            }}
          />
        </FormField>
      </SpaceBetween>
      <Loaded query={timeline} lines={12}>
        {(all) => {
          const sought = workflow?.toLowerCase();
          const items = all.items.filter(
            (each) => sought === undefined || each.workflow.toLowerCase().includes(sought),
          );
          const peaks = herdPeaks(all.density, { ...all, least: Number(least) });
          if (all.items.length === 0)
            return (
              <Box textAlign="center" padding="xxl">
                <EmptyList text={t('timeline.empty')} action={t('timeline.empty-hint')} />
              </Box>
            );
          return (
            <SpaceBetween size="l">
              {all.more && <Alert type="info">{t('timeline.more')}</Alert>}
              <Container>
                <DensityChart {...all} peaks={peaks} />
              </Container>
              <HerdPanel peaks={peaks} onShow={(bucket) => show({ at: bucket })} />
              {at && (
                <BucketFires at={at} items={all.items} onClose={() => show({ at: undefined })} />
              )}
              <FiresChart timeline={{ ...all, items }} />
              <DstTable items={items} />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </SpaceBetween>
  );
};
