import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import Select from '@cloudscape-design/components/select';
import type { ReactNode } from 'react';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Day } from './instance-filters.ts';

/** Chooses the project and the business date that a list is about. */
export const DayBar = ({
  day,
  projects,
  onDay,
  children,
}: {
  day: Day;
  projects: readonly string[];
  onDay: (change: Partial<Pick<Day, 'project' | 'bizDate'>>) => void;
  children?: ReactNode;
}) => {
  const t = useT();

  return (
    <div className="day-bar">
      <Select
        ariaLabel={t('instances.choose-project')}
        inlineLabelText={t('common.project')}
        selectedOption={{ value: day.project, label: day.project }}
        options={projects.map((value) => ({ value, label: value }))}
        onChange={({ detail }) => onDay({ project: detail.selectedOption.value ?? day.project })}
      />
      <Button
        variant="icon"
        iconName="angle-left"
        ariaLabel={t('instances.previous-day')}
        onClick={() => onDay({ bizDate: plusDays(day.bizDate, -1) })}
      />
      <DatePicker
        ariaLabel={t('instances.biz-date')}
        value={day.bizDate}
        onChange={({ detail }) =>
          /^\d{4}-\d\d-\d\d$/.test(detail.value) && onDay({ bizDate: detail.value })
        }
      />
      <Button
        variant="icon"
        iconName="angle-right"
        ariaLabel={t('instances.next-day')}
        onClick={() => onDay({ bizDate: plusDays(day.bizDate, 1) })}
      />
      {children}
    </div>
  );
};
