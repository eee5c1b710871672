import { useT } from '../ui/i18n/language-provider.tsx';
import { DayOfInstances } from './parts/day-of-instances.tsx';

export const RecurringInstancesPage = () => {
  const t = useT();
  return <DayOfInstances from="/in/instances" family="recurring" title={t('instances.title')} />;
};
