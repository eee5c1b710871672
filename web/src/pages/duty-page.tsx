import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { DutyScheduleView } from '../../../shared/contracts/api/duty-routes.ts';
import { plusDays } from '../../../shared/domain/kernel/calendar-day.ts';
import { useMay } from '../features/access/access.queries.ts';
import {
  dutySchedulesQuery,
  onDutyQuery,
  shiftsQuery,
  useDeleteDuty,
} from '../features/duty/duty.queries.ts';
import { DutyForm } from '../features/duty/duty-form.tsx';
import { ShiftList } from '../features/duty/shift-list.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { DeleteDialog } from '../ui/form/delete-dialog.tsx';
import { guard } from '../ui/form/guard.ts';
import { RowActions } from '../ui/form/row-actions.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { BizDate } from '../ui/time/biz-date.tsx';
import { dayIn } from '../ui/time/format.ts';
import { useNow } from '../ui/time/time-provider.tsx';

const route = getRouteApi('/in/system/duty');

/** Who takes turns, and who is on duty now (nodes-and-instances 7.5). */
export const DutyPage = () => {
  const t = useT();
  const may = useMay();
  const navigate = route.useNavigate();
  const { text } = route.useSearch();
  const schedules = useQuery(dutySchedulesQuery(text));
  const remove = useDeleteDuty();
  const [editing, setEditing] = useState<{ readonly schedule: DutyScheduleView | undefined }>();
  const [previewed, setPreviewed] = useState<DutyScheduleView>();
  const [doomed, setDoomed] = useState<DutyScheduleView>();
  const adminOnly = may('admin') ? undefined : t('form.admin-only');
  const filter = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, text: next }), replace: true });
  const create = (
    <Button {...guard(adminOnly)} onClick={() => setEditing({ schedule: undefined })}>
      {t('duty.new')}
    </Button>
  );

  return (
    <Loaded query={schedules}>
      {({ items }) => (
        <>
          <ListTable<DutyScheduleView>
            name={t('duty.title')}
            title={t('duty.title')}
            description={t('duty.about')}
            count={String(items.length)}
            items={items}
            idOf={({ name }) => name}
            actions={create}
            filter={
              <FilterBar
                placeholder={t('form.find')}
                textKey="text"
                properties={[]}
                values={{ text }}
                onChange={(values) => filter(values.text)}
              />
            }
            empty={
              <EmptyList
                text={t('duty.empty')}
                filtered={text !== undefined}
                onClear={() => filter(undefined)}
                action={create}
              />
            }
            columns={[
              { id: 'name', header: t('common.name'), isRowHeader: true, cell: ({ name }) => name },
              { id: 'title', header: t('rooms.display'), cell: ({ title }) => title },
              { id: 'now', header: t('duty.now'), cell: ({ name }) => <OnDuty name={name} /> },
              {
                id: 'every',
                header: t('duty.every'),
                cell: ({ every }) => t(`duty.every.${every.unit}`, { count: every.count }),
              },
              {
                id: 'starts',
                header: t('duty.starts'),
                cell: ({ startsOn, handOverAt }) => (
                  <>
                    <BizDate day={startsOn} /> {handOverAt}
                  </>
                ),
              },
              {
                id: 'hours',
                header: t('duty.hours'),
                cell: ({ hours, zone }) =>
                  `${hours ? `${hours.from}–${hours.to}` : t('duty.all-day')} (${zone})`,
              },
              {
                id: 'preview',
                header: t('duty.preview'),
                cell: (schedule) => (
                  <Button
                    variant="inline-link"
                    ariaLabel={`${t('duty.preview')}: ${schedule.name}`}
                    onClick={() => setPreviewed(schedule)}
                  >
                    {t('duty.preview')}
                  </Button>
                ),
              },
              {
                id: 'actions',
                header: t('common.actions'),
                cell: (schedule) => (
                  <RowActions
                    name={schedule.name}
                    disabledReason={adminOnly}
                    onEdit={() => setEditing({ schedule })}
                    onDelete={() => setDoomed(schedule)}
                  />
                ),
              },
            ]}
          />
          {editing && (
            <DutyForm schedule={editing.schedule} onClose={() => setEditing(undefined)} />
          )}
          {previewed && <Calendar schedule={previewed} onClose={() => setPreviewed(undefined)} />}
          {doomed && (
            <DeleteDialog
              name={doomed.name}
              error={remove.error}
              deleting={remove.isPending}
              onDelete={() => remove.mutate(doomed, { onSuccess: () => setDoomed(undefined) })}
              onClose={() => setDoomed(undefined)}
            >
              <Box>{t('duty.delete-hint')}</Box>
            </DeleteDialog>
          )}
        </>
      )}
    </Loaded>
  );
};

const OnDuty = ({ name }: { name: string }) => {
  const t = useT();
  const { data } = useQuery(onDutyQuery(name));
  if (!data) return '–';
  if (data.within && data.shift) return data.shift.primary;
  if (data.outside?.kind === 'contact') return data.outside.name;
  return data.outside?.kind === 'owner' ? t('duty.outside-owner') : t('duty.nobody');
};

const Calendar = ({ schedule, onClose }: { schedule: DutyScheduleView; onClose: () => void }) => {
  const t = useT();
  const now = useNow();
  const today = dayIn(schedule.zone, now());
  const shifts = useQuery(shiftsQuery(schedule.name, { from: today, to: plusDays(today, 60) }));
  return (
    <Modal
      visible
      size="large"
      header={schedule.title}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
    >
      <Loaded query={shifts}>{(found) => <ShiftList shifts={found.shifts} />}</Loaded>
    </Modal>
  );
};
