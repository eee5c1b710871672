import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../features/access/access.queries.ts';
import { CalendarEditor } from '../features/calendars/calendar-editor.tsx';
import { CalendarForm } from '../features/calendars/calendar-form.tsx';
import { type CalendarRow, calendarsQuery } from '../features/calendars/calendars.queries.ts';
import { CalendarsList } from '../features/calendars/calendars-list.tsx';
import { DeleteCalendar } from '../features/calendars/delete-calendar.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { dayIn } from '../ui/time/format.ts';
import { useNow, useShownZone } from '../ui/time/time-provider.tsx';

const route = getRouteApi('/in/system/calendars');

/** Calendars of working days: the list, or the one that the address names. */
export const CalendarsPage = () => {
  const zone = useShownZone();
  const now = useNow();
  const navigate = route.useNavigate();
  const { calendar: opened } = route.useSearch();
  const mayEdit = useMay()('admin');
  const calendars = useQuery(calendarsQuery());
  const [creating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<CalendarRow>();
  const today = dayIn(zone, now());
  const open = (calendar: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, calendar }) });

  return (
    <>
      <Loaded query={calendars}>
        {({ items }) => {
          const calendar = items.find(({ name }) => name === opened);
          return calendar ? (
            // What was changed belongs to one revision.
            <CalendarEditor
              key={`${calendar.name} ${calendar.rev}`}
              calendar={calendar}
              today={today}
              mayEdit={mayEdit}
            />
          ) : (
            <CalendarsList
              items={items}
              today={today}
              mayEdit={mayEdit}
              onCreate={() => setCreating(true)}
              onEdit={({ name }) => open(name)}
              onDelete={setDoomed}
            />
          );
        }}
      </Loaded>
      {creating && (
        <CalendarForm
          onClose={() => setCreating(false)}
          onCreated={(name) => {
            setCreating(false);
            open(name);
          }}
        />
      )}
      {doomed && <DeleteCalendar calendar={doomed} onClose={() => setDoomed(undefined)} />}
    </>
  );
};
