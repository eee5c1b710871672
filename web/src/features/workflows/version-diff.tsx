import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ItemList } from '../../ui/list/item-list.tsx';
import { diffQuery, type WorkflowRef } from './workflows.queries.ts';

/** What differs between two versions, task by task. */
export const VersionDiff = ({
  workflow,
  from,
  to,
}: {
  workflow: WorkflowRef;
  from: number;
  to: number;
}) => {
  const t = useT();
  const diff = useQuery(diffQuery(workflow, from, to));

  return (
    <Container header={<Header variant="h2">{t('workflow.diff', { from, to })}</Header>}>
      <Loaded query={diff}>
        {({ added, removed, changed, workflow: itself }) => {
          const groups = [
            { title: t('workflow.diff-added'), items: added.map(named) },
            { title: t('workflow.diff-removed'), items: removed.map(named) },
            {
              title: t('workflow.diff-changed'),
              items: changed.map(({ task, fields }) => ({
                id: task,
                text: task,
                note: fields.join(', '),
              })),
            },
            { title: t('workflow.diff-workflow'), items: itself.map(named) },
          ].filter(({ items }) => items.length > 0);

          if (groups.length === 0) return <Box>{t('workflow.diff-same')}</Box>;
          return (
            <SpaceBetween size="m">
              {groups.map((group) => (
                <ItemList key={group.title} {...group} />
              ))}
            </SpaceBetween>
          );
        }}
      </Loaded>
    </Container>
  );
};

const named = (name: string) => ({ id: name, text: name });
