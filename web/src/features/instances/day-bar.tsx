import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import Select from '@cloudscape-design/components/select';
import type { ReactNode } from 'react';
import { plusDays, runDateOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatBizDate } from '../../ui/time/format.ts';
import { type Day, spans } from './instance-filters.ts';

/** Chooses the project and the business dates that a list is about. */
export const DayBar = ({
  day,
  span,
  projects,
  onDay,
  onSpan,
  children,
}: {
  day: Day;
  /** How many business dates are shown, up to the one chosen. */
  span: number;
  projects: readonly string[];
  onDay: (change: Partial<Pick<Day, 'project' | 'bizDate'>>) => void;
  onSpan: (span: number) => void;
  children?: ReactNode;
}) => {
  const t = useT();
  const language = useLanguage();
  const options = spans.map((value) => ({
    value: String(value),
    label: t('instances.days-text', { count: value }),
  }));

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
      <Select
        ariaLabel={t('instances.days')}
        inlineLabelText={t('instances.days')}
        options={options}
        selectedOption={options.find(({ value }) => value === String(span)) ?? null}
        onChange={({ detail }) => onSpan(Number(detail.selectedOption.value))}
      />
      <Box variant="small">
        {t('instances.run-date', { date: formatBizDate(runDateOf(day.bizDate), language) })}
      </Box>
      {children}
    </div>
  );
};
