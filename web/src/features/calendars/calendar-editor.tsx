import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { isCalendarDay } from '../../../../shared/domain/calendar/is-calendar-day.ts';
import { setDay } from '../../../../shared/domain/calendar/set-day.ts';
import { Weekday } from '../../../../shared/domain/pool/pool.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { CalendarUse } from './calendar-use.tsx';
import { type CalendarRow, useSaveCalendar } from './calendars.queries.ts';
import { ImportDays } from './import-days.tsx';
import { MonthView } from './month-view.tsx';

/** A calendar with its week, its exceptions month by month, and the tasks that name it. */
export const CalendarEditor = ({
  calendar,
  today,
  mayEdit,
}: {
  calendar: CalendarRow;
  today: string;
  mayEdit: boolean;
}) => {
  const t = useT();
  const say = useSay();
  const save = useSaveCalendar();
  const [draft, setDraft] = useState(calendar);
  const [month, setMonth] = useState(today.slice(0, 7));
  const changed = draft !== calendar;
  const days = (values: readonly string[]) =>
    Weekday.options
      .filter((day) => values.includes(day))
      .map((day) => ({ value: day, label: t(`weekday.${day}`) }));
  const saveRefused = mayEdit
    ? changed
      ? undefined
      : t('settings.nothing')
    : t('form.admin-only');

  const onSave = () => {
    const { rev, ...body } = draft;
    // The new revision draws this editor anew, so its own callbacks would not be called any more.
    save.mutateAsync({ calendar: body, rev }).then(
      ({ name }) => say({ type: 'success', content: t('form.saved', { name }) }),
      () => {},
    );
  };

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={draft.description}
        actions={
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            {changed && <Box>{t('form.unsaved')}</Box>}
            {changed && (
              <Button variant="link" onClick={() => setDraft(calendar)}>
                {t('form.discard')}
              </Button>
            )}
            <Button
              variant="primary"
              loading={save.isPending}
              {...guard(saveRefused)}
              onClick={onSave}
            >
              {t('common.save')}
            </Button>
          </SpaceBetween>
        }
      >
        {calendar.name}
      </Header>
      <RouteLink to="/system/calendars">{t('calendars.back')}</RouteLink>
      {save.isError && (
        <ProblemAlert
          error={save.error}
          header={t('problem.action', { action: t('common.save') })}
        />
      )}
      <Container>
        <ColumnLayout columns={2} borders="vertical">
          <MonthView
            calendar={draft}
            month={month}
            today={today}
            disabled={!mayEdit}
            onMonth={setMonth}
            onToggle={(day) => setDraft((now) => setDay(now, day, !isCalendarDay(now, day)))}
          />
          <SpaceBetween size="l">
            <FormField label={t('common.description')} stretch>
              <Input
                value={draft.description ?? ''}
                disabled={!mayEdit}
                onChange={({ detail }) =>
                  setDraft((now) => ({ ...now, description: detail.value || undefined }))
                }
              />
            </FormField>
            <FormField label={t('calendars.week')} stretch>
              <Multiselect
                disabled={!mayEdit}
                selectedOptions={days(draft.weekdays)}
                options={days(Weekday.options)}
                onChange={({ detail }) =>
                  setDraft((now) => ({
                    ...now,
                    weekdays: detail.selectedOptions.map(({ value }) => Weekday.parse(value)),
                  }))
                }
              />
            </FormField>
            <DayList title={t('calendars.holidays')} days={draft.holidays} />
            <DayList title={t('calendars.extra-days')} days={draft.extraDays} />
            <ImportDays
              disabled={!mayEdit}
              onImport={(list, working) =>
                setDraft((now) => list.reduce((each, day) => setDay(each, day, working), now))
              }
            />
          </SpaceBetween>
        </ColumnLayout>
      </Container>
      <CalendarUse name={calendar.name} />
    </SpaceBetween>
  );
};

/** More would not fit. */
const most = 24;

const DayList = ({ title, days }: { title: string; days: readonly string[] }) => {
  const t = useT();
  return (
    <div>
      <Box variant="awsui-key-label">{`${title} (${days.length})`}</Box>
      <Box>
        {days.length === 0 ? t('common.none') : days.slice(-most).join(' · ')}
        {days.length > most && ` ${t('common.more', { count: days.length - most })}`}
      </Box>
    </div>
  );
};
