import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { previewQuery, type WorkflowRef } from './workflows.queries.ts';

/** When it will fire next, with the marks of the change of clocks. */
export const SchedulePreview = ({
  workflow,
  count = 20,
}: {
  workflow: WorkflowRef;
  count?: number;
}) => {
  const t = useT();
  const preview = useQuery({ ...previewQuery(workflow, count), retry: false });
  const none = preview.error instanceof ApiProblem && preview.error.code === 'not-periodic';
  if (none) return <Box>{t('workflow.preview-none')}</Box>;

  return (
    <Loaded query={preview}>
      {({ occurrences, zone, dst }) => (
        <Table
          variant="container"
          header={
            <Header
              variant="h2"
              description={t('workflow.preview-text', { zone, policy: t(`workflow.dst.${dst}`) })}
            >
              {t('workflow.preview')}
            </Header>
          }
          ariaLabels={{ tableLabel: t('workflow.preview') }}
          items={occurrences}
          trackBy="at"
          columnDefinitions={[
            {
              id: 'at',
              header: t('workflows.next'),
              isRowHeader: true,
              cell: ({ at }) => (
                <>
                  <At at={at} project={workflow.project} form="full" /> (
                  <At at={at} project={workflow.project} form="relative" />)
                </>
              ),
            },
            {
              id: 'local',
              header: t('workflow.preview-local'),
              cell: ({ local, shifted }) => (
                <>
                  {local.replace('T', ' ')}{' '}
                  {shifted && (
                    <Badge color="severity-medium">{t('workflow.preview-shifted')}</Badge>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
    </Loaded>
  );
};
