import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { InstanceFilters } from './instance-filters.ts';

const incomplete = 'NOT_RUN,WAIT_TIME,THROTTLED,WAIT_RESOURCE,SUBMITTED,RUNNING,FAILED';

/** What people look for first: their own failures, and what of theirs is not done. */
export const QuickFilters = ({
  me,
  filters,
  onFilters,
}: {
  me: string;
  filters: InstanceFilters;
  onFilters: (filters: InstanceFilters) => void;
}) => {
  const t = useT();
  const quick: Readonly<Record<string, InstanceFilters>> = {
    all: {},
    failed: { owner: me, status: 'FAILED' },
    incomplete: { owner: me, status: incomplete },
  };
  const chosen = Object.entries(quick).find(
    ([, { owner, status }]) => owner === filters.owner && status === filters.status,
  );

  return (
    <SegmentedControl
      label={t('instances.quick')}
      selectedId={chosen?.[0] ?? null}
      options={[
        { id: 'all', text: t('instances.quick-all') },
        { id: 'failed', text: t('instances.quick-failed') },
        { id: 'incomplete', text: t('instances.quick-incomplete') },
      ]}
      onChange={({ detail }) =>
        onFilters({ ...quick[detail.selectedId], order: filters.order, days: filters.days })
      }
    />
  );
};
