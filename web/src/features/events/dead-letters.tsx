import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { deadLetterQueueNames } from '../../../../shared/domain/dead-letter/dead-letter-queue.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { queuesQuery } from './events.queries.ts';
import { LettersTable } from './letters-table.tsx';

/** The dead-letter queues, and what lies in the one of the address. */
export const DeadLetters = ({
  isAdmin,
  queue,
}: {
  isAdmin: boolean;
  queue: string | undefined;
}) => {
  const t = useT();
  const queues = useQuery({ ...queuesQuery(), enabled: isAdmin });
  if (!isAdmin) return <Alert type="info">{t('letters.admin-only')}</Alert>;
  const open = deadLetterQueueNames.find((name) => name === queue);

  return (
    <SpaceBetween size="l">
      <Loaded query={queues}>
        {({ items }) => (
          <Table
            variant="container"
            wrapLines
            header={<Header variant="h2">{t('letters.queues')}</Header>}
            ariaLabels={{ tableLabel: t('letters.queues') }}
            items={items}
            trackBy="name"
            columnDefinitions={[
              {
                id: 'name',
                header: t('letters.queue'),
                isRowHeader: true,
                cell: ({ name }) => (
                  <RouteLink to="/system/events" search={{ tab: 'letters', find: name }}>
                    {t(`letters.queue.${name}`)}
                  </RouteLink>
                ),
              },
              {
                id: 'messages',
                header: t('letters.messages'),
                cell: ({ messages }) => (
                  <StatusIndicator type={messages === 0 ? 'success' : 'warning'}>
                    {messages}
                  </StatusIndicator>
                ),
              },
              { id: 'hidden', header: t('letters.hidden'), cell: ({ hidden }) => hidden },
              {
                id: 'remedy',
                header: t('letters.remedy'),
                cell: ({ remedy }) => t(`letters.remedy.${remedy}`),
              },
            ]}
          />
        )}
      </Loaded>
      {open && <LettersTable key={open} queue={open} />}
    </SpaceBetween>
  );
};
