import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import type { RouteReply } from '../../../../shared/contracts/api/route.ts';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import { CatchUp } from '../../../../shared/domain/workflow/definition.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

type Workflow = RouteReply<Routes['getWorkflow']>;

/** The rules of a schedule: words, zone, overlap, and what happens after an outage (workflows-and-logs A1.3). */
export const ScheduleFacts = ({
  row,
  words,
  actions,
}: {
  row: Workflow;
  /** The schedule in words. */
  words: ReactNode;
  actions?: ReactNode;
}) => {
  const t = useT();
  const { run, atMost } = row.catchUp ?? CatchUp.parse({});

  return (
    <Container
      header={
        <Header variant="h2" actions={actions}>
          {t('runview.schedule')}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: t('workflows.schedule'), value: words },
          { label: t('workflows.timing-state'), value: t(`timing.${row.state.timing}`) },
          { label: t('runview.zone'), value: row.zone },
          { label: t('runview.dst'), value: t(`workflow.dst.${row.dst}`) },
          {
            label: t('runview.concurrency'),
            value: t(`runview.concurrency.${row.concurrency ?? 'parallel'}`),
          },
          {
            label: t('runview.catch-up'),
            value:
              run === 'all'
                ? t('runview.catch-up.all', { count: atMost })
                : t(`runview.catch-up.${run}`),
          },
        ]}
      />
    </Container>
  );
};
