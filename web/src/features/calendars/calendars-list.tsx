import Button from '@cloudscape-design/components/button';
import { guard } from '../../ui/form/guard.ts';
import { RowActions } from '../../ui/form/row-actions.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import type { CalendarRow } from './calendars.queries.ts';
import { nextException } from './next-exception.ts';

/** All calendars: few, so they stand on one page. */
export const CalendarsList = ({
  items,
  today,
  mayEdit,
  onCreate,
  onEdit,
  onDelete,
}: {
  items: readonly CalendarRow[];
  today: string;
  mayEdit: boolean;
  onCreate: () => void;
  onEdit: (calendar: CalendarRow) => void;
  onDelete: (calendar: CalendarRow) => void;
}) => {
  const t = useT();
  const adminOnly = mayEdit ? undefined : t('form.admin-only');
  const create = (
    <Button {...guard(adminOnly)} onClick={onCreate}>
      {t('calendars.new')}
    </Button>
  );

  return (
    <ListTable<CalendarRow>
      name={t('calendars.title')}
      title={t('calendars.title')}
      description={t('calendars.description')}
      count={String(items.length)}
      items={items}
      idOf={({ name }) => name}
      actions={create}
      empty={<EmptyList text={t('calendars.empty')} action={create} />}
      columns={[
        {
          id: 'name',
          header: t('common.name'),
          isRowHeader: true,
          cell: ({ name }) => (
            <RouteLink to="/system/calendars" search={{ calendar: name }}>
              {name}
            </RouteLink>
          ),
        },
        {
          id: 'description',
          header: t('common.description'),
          cell: ({ description }) => description ?? t('common.none'),
        },
        {
          id: 'week',
          header: t('calendars.week'),
          cell: ({ weekdays }) => weekdays.map((day) => t(`weekday.${day}`)).join(' '),
        },
        {
          id: 'holidays',
          header: t('calendars.holidays'),
          cell: ({ holidays }) => holidays.length,
        },
        {
          id: 'extra',
          header: t('calendars.extra-days'),
          cell: ({ extraDays }) => extraDays.length,
        },
        {
          id: 'next',
          header: t('calendars.next'),
          cell: (calendar) => {
            const next = nextException(calendar, today);
            return next
              ? `${next.day}: ${t(next.working ? 'calendars.working' : 'calendars.off')}`
              : t('common.none');
          },
        },
        {
          id: 'actions',
          header: t('common.actions'),
          cell: (calendar) => (
            <RowActions
              name={calendar.name}
              disabledReason={adminOnly}
              onEdit={() => onEdit(calendar)}
              onDelete={() => onDelete(calendar)}
            />
          ),
        },
      ]}
    />
  );
};
