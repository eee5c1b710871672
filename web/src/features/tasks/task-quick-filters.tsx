import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** The part of the filters that the quick ones set. */
export type QuickFilter = {
  readonly owner?: string | undefined;
  readonly paused?: 'true' | 'false' | undefined;
  readonly dryRun?: 'true' | 'false' | undefined;
};

/** Mine, mine that are paused, mine that run nothing (nodes-and-instances 3.1). */
export const TaskQuickFilters = ({
  me,
  filters,
  onFilters,
}: {
  me: string;
  filters: QuickFilter;
  onFilters: (filters: QuickFilter) => void;
}) => {
  const t = useT();
  const quick: Readonly<Record<string, QuickFilter>> = {
    all: {},
    mine: { owner: me },
    paused: { owner: me, paused: 'true' },
    dry: { owner: me, dryRun: 'true' },
  };
  const chosen = Object.entries(quick).find(
    ([, { owner, paused, dryRun }]) =>
      owner === filters.owner && paused === filters.paused && dryRun === filters.dryRun,
  );

  return (
    <SegmentedControl
      label={t('tasks.quick')}
      selectedId={chosen?.[0] ?? null}
      options={[
        { id: 'all', text: t('tasks.quick-all') },
        { id: 'mine', text: t('tasks.quick-mine') },
        { id: 'paused', text: t('tasks.quick-paused') },
        { id: 'dry', text: t('tasks.quick-dry') },
      ]}
      onChange={({ detail }) => onFilters(quick[detail.selectedId] ?? {})}
    />
  );
};
