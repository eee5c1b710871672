import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { InstancesTable } from './instances-table.tsx';

/** All instances of one run, in pages. */
export const RunInstances = ({
  items,
  loading,
  mayOperate,
}: {
  items: readonly InstanceRow[];
  loading: boolean;
  mayOperate: (project: string) => boolean;
}) => {
  const t = useT();
  const { pageSize } = usePreferences().preferences;
  const { shown, pagination } = useLocalPages(items, pageSize);

  return (
    <InstancesTable
      embedded
      title={t('run.tab.instances')}
      items={shown}
      loading={loading}
      mayOperate={mayOperate}
      pagination={pagination}
      empty={t('run.no-instances')}
    />
  );
};
