import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../features/access/access.queries.ts';
import { DeadLetters } from '../features/events/dead-letters.tsx';
import { EventCatalog } from '../features/events/event-catalog.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';

const route = getRouteApi('/in/system/events');

/** Events out and in with what is needed to use them, and what could not be delivered. */
export const EventsPage = () => {
  const t = useT();
  const navigate = route.useNavigate();
  const { tab = 'out', find } = route.useSearch();
  const isAdmin = useMay()('admin');

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('events.description')}>
        {t('events.title')}
      </Header>
      <Tabs
        ariaLabel={t('events.title')}
        activeTabId={tab}
        onChange={({ detail: { activeTabId } }) =>
          void navigate({
            search: ({ env, project }) => ({ env, project, tab: activeTabId as 'out' }),
            replace: true,
          })
        }
        tabs={[
          {
            id: 'out',
            label: t('events.tab.out'),
            content: <EventCatalog direction="out" open={find} />,
          },
          {
            id: 'in',
            label: t('events.tab.in'),
            content: <EventCatalog direction="in" open={find} />,
          },
          {
            id: 'letters',
            label: t('events.tab.letters'),
            content: <DeadLetters isAdmin={isAdmin} queue={find} />,
          },
        ]}
      />
    </SpaceBetween>
  );
};
