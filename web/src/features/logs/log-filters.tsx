import { useT } from '../../ui/i18n/language-provider.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { type LogConditions, logLevels } from './log-query.ts';

type Option = { readonly value: string; readonly label: string };

/** The search dimensions of seed 001 beside application and time: each alone and combined (W56). */
export const LogFilters = ({
  conditions,
  known,
  onChange,
}: {
  conditions: LogConditions;
  /** Proposals for the fields whose values are known. */
  known: Readonly<
    Record<'workflow' | 'task' | 'category' | 'operation' | 'region', readonly string[]>
  >;
  onChange: (conditions: LogConditions) => void;
}) => {
  const t = useT();
  const options = (values: readonly string[]): readonly Option[] =>
    values.map((value) => ({ value, label: value }));

  return (
    <FilterBar<keyof LogConditions>
      placeholder={t('logs.find')}
      textKey="text"
      values={conditions}
      onChange={onChange}
      properties={[
        {
          ...{ key: 'level', label: t('logs.level'), multiple: true },
          options: options(logLevels),
        },
        {
          ...{ key: 'workflow', label: t('logs.flow'), multiple: true, open: true },
          options: options(known.workflow),
        },
        {
          ...{ key: 'task', label: t('logs.component'), multiple: true, open: true },
          options: options(known.task),
        },
        { key: 'version', label: t('logs.version') },
        { key: 'run', label: t('logs.job') },
        {
          ...{ key: 'region', label: t('logs.region'), open: true },
          options: options(known.region),
        },
        {
          ...{ key: 'operation', label: t('logs.operation'), open: true },
          options: options(known.operation),
        },
        {
          ...{ key: 'category', label: t('logs.category'), open: true },
          options: options(known.category),
        },
      ]}
    />
  );
};
