import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lettersAtOnce } from '../../../../shared/contracts/api/dead-letter-routes.ts';
import { mayRedrive } from '../../../../shared/domain/dead-letter/dead-letter-queue.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { type Letter, type LetterAction, lettersQuery, type QueueName } from './events.queries.ts';
import { HandleLetters } from './handle-letters.tsx';
import { Snippet } from './snippet.tsx';

/** A look into a queue: chosen messages are put again or thrown away. */
export const LettersTable = ({ queue }: { queue: QueueName }) => {
  const t = useT();
  const letters = useQuery(lettersQuery(queue));
  const [chosen, setChosen] = useState<readonly Letter[]>([]);
  const [action, setAction] = useState<LetterAction>();
  const name = t(`letters.queue.${queue}`);
  const none = chosen.length === 0;

  return (
    <Loaded query={letters}>
      {({ items }) => (
        <>
          <Table<Letter>
            variant="container"
            wrapLines
            selectionType="multi"
            selectedItems={chosen.filter(({ id }) => items.some((item) => item.id === id))}
            onSelectionChange={({ detail }) => setChosen(detail.selectedItems)}
            header={
              <Header
                variant="h2"
                counter={`(${items.length})`}
                actions={
                  <SpaceBetween direction="horizontal" size="xs">
                    <Button
                      iconName="refresh"
                      loading={letters.isFetching}
                      onClick={() => void letters.refetch()}
                    >
                      {t('letters.refresh')}
                    </Button>
                    {mayRedrive(queue) && (
                      <Button disabled={none} onClick={() => setAction('redrive')}>
                        {t('letters.redrive')}
                      </Button>
                    )}
                    <Button disabled={none} onClick={() => setAction('discard')}>
                      {t('letters.discard')}
                    </Button>
                  </SpaceBetween>
                }
              >
                {t('letters.in', { queue: name })}
              </Header>
            }
            ariaLabels={{
              tableLabel: t('letters.in', { queue: name }),
              selectionGroupLabel: t('letters.in', { queue: name }),
              allItemsSelectionLabel: () => t('letters.in', { queue: name }),
              itemSelectionLabel: (_, { type, id }) => `${type ?? ''} ${id}`.trim(),
            }}
            items={items}
            trackBy="id"
            empty={t('letters.empty')}
            footer={items.length >= lettersAtOnce && <Box variant="small">{t('letters.most')}</Box>}
            columnDefinitions={[
              { id: 'at', header: t('letters.at'), cell: ({ at }) => <At at={at} /> },
              {
                id: 'event',
                header: t('letters.event'),
                isRowHeader: true,
                cell: ({ type, source }) => (type ? `${type} · ${source}` : t('common.none')),
              },
              {
                id: 'reason',
                header: t('letters.reason'),
                cell: ({ reason }) => reason ?? t('common.none'),
              },
              {
                id: 'body',
                header: t('letters.body'),
                cell: ({ body }) => (
                  <ExpandableSection headerText={t('letters.show-body')}>
                    <Snippet name={t('letters.body')} text={body} />
                  </ExpandableSection>
                ),
              },
            ]}
          />
          {action && (
            <HandleLetters
              queue={queue}
              action={action}
              letters={chosen}
              onClose={() => {
                setAction(undefined);
                setChosen([]);
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
};
