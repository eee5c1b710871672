import { useT } from '../ui/i18n/language-provider.tsx';
import { DayOfInstances } from './parts/day-of-instances.tsx';

export const ManualInstancesPage = () => {
  const t = useT();
  return (
    <DayOfInstances
      from="/in/instances/manual"
      family="manual"
      title={t('instances.manual-title')}
    />
  );
};
