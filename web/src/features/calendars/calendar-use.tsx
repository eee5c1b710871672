import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { calendarUseQuery } from './calendars.queries.ts';

/** The tasks that name a calendar, by workflow. */
export const CalendarUse = ({ name }: { name: string }) => {
  const t = useT();
  const use = useQuery(calendarUseQuery(name));

  return (
    <Container header={<Header variant="h2">{t('calendars.use')}</Header>}>
      <Loaded query={use}>
        {({ items, hidden }) => (
          <>
            {items.length === 0 && hidden === 0 && <Box>{t('calendars.use-empty')}</Box>}
            <ul className="plain-list">
              {items.map(({ project, workflow, tasks }) => (
                <li key={`${project}/${workflow}`}>
                  <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
                    {`${project}/${workflow}`}
                  </RouteLink>
                  {`: ${tasks.join(', ')}`}
                </li>
              ))}
            </ul>
            {hidden > 0 && (
              <Box variant="small">{t('calendars.use-hidden', { count: hidden })}</Box>
            )}
          </>
        )}
      </Loaded>
    </Container>
  );
};
