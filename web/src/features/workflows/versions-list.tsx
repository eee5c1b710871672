import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { VersionDiff } from './version-diff.tsx';
import { versionsQuery, type WorkflowRef } from './workflows.queries.ts';

/** Published versions; two of them can be compared. The comparison stands in the address. */
export const VersionsList = ({
  workflow,
  compared,
  onCompare,
}: {
  workflow: WorkflowRef;
  compared: readonly [from: number, to: number] | undefined;
  onCompare: (from: number, to: number) => void;
}) => {
  const t = useT();
  const versions = useQuery(versionsQuery(workflow));
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [older, newer] = chosen.toSorted((a, b) => a - b);

  return (
    <Loaded query={versions}>
      {({ items }) => (
        <SpaceBetween size="l">
          <Table
            variant="container"
            selectionType="multi"
            selectedItems={items.filter(({ version }) => chosen.includes(version))}
            onSelectionChange={({ detail }) =>
              // Two at most: a third takes the place of the first.
              setChosen(detail.selectedItems.map(({ version }) => version).slice(-2))
            }
            ariaLabels={{
              tableLabel: t('workflow.versions'),
              selectionGroupLabel: t('workflow.versions'),
              allItemsSelectionLabel: () => t('common.select-all'),
              itemSelectionLabel: (_, { version }) =>
                t('common.select-row', { name: t('workflow.definition-version', { version }) }),
            }}
            header={
              <Header
                variant="h2"
                actions={
                  <Button
                    disabled={newer === undefined}
                    disabledReason={t('workflow.compare-hint')}
                    onClick={() =>
                      older !== undefined && newer !== undefined && onCompare(older, newer)
                    }
                  >
                    {t('workflow.compare')}
                  </Button>
                }
              >
                {t('workflow.versions')}
              </Header>
            }
            items={items}
            trackBy={({ version }) => String(version)}
            empty={<Box>{t('workflows.refusal.not-published')}</Box>}
            columnDefinitions={[
              {
                id: 'version',
                header: t('common.version'),
                isRowHeader: true,
                cell: ({ version }) => version,
              },
              {
                id: 'at',
                header: t('workflow.published-at'),
                cell: ({ at }) => <At at={at} project={workflow.project} />,
              },
              { id: 'by', header: t('workflow.published-by'), cell: ({ by }) => by },
              { id: 'tasks', header: t('workflows.tasks'), cell: ({ tasks }) => tasks },
              {
                id: 'online',
                header: t('workflow.online-in'),
                cell: ({ online }) =>
                  online.map((env) => (
                    <Badge key={env} color="green">
                      {t(`shell.env.${env}`)}
                    </Badge>
                  )),
              },
              {
                id: 'comment',
                header: t('common.comment'),
                cell: ({ comment }) => comment ?? t('common.none'),
              },
            ]}
          />
          {compared && <VersionDiff workflow={workflow} from={compared[0]} to={compared[1]} />}
        </SpaceBetween>
      )}
    </Loaded>
  );
};
