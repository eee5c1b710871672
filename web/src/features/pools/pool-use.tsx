import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { poolQuery } from './pools.queries.ts';

/** Who holds the slots of a pool and who waits for one, in the order in which they will be served. */
export const PoolUse = ({
  env,
  pool,
  actions,
  onClose,
}: {
  env: Env;
  pool: string;
  /** What can be done to the pool. */
  actions: ReactNode;
  onClose: () => void;
}) => {
  const t = useT();
  const use = useQuery(poolQuery(env, pool));

  return (
    <Modal
      visible
      size="large"
      header={`${t('pools.use')}: ${pool.replace(/^\w+:/, '')}`}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
      footer={<Box float="right">{actions}</Box>}
    >
      <Loaded query={use}>
        {({ holders, waiters, used, pool: { limit } }) => (
          <SpaceBetween size="l">
            <Table
              variant="embedded"
              header={
                <Header variant="h3" description={t('pools.in-use-text', { used, limit })}>
                  {t('pools.holders')}
                </Header>
              }
              ariaLabels={{ tableLabel: t('pools.holders') }}
              items={holders}
              trackBy="id"
              empty={t('pools.no-holders')}
              columnDefinitions={[
                {
                  id: 'id',
                  header: t('instances.object'),
                  isRowHeader: true,
                  cell: ({ id }) => <InstanceLink id={id} />,
                },
                { id: 'since', header: t('pools.since'), cell: ({ since }) => <At at={since} /> },
                {
                  id: 'expected',
                  header: t('pools.expected'),
                  cell: ({ expectedEndAt }) => <At at={expectedEndAt} />,
                },
              ]}
            />
            <Table
              variant="embedded"
              header={<Header variant="h3">{t('pools.queue')}</Header>}
              ariaLabels={{ tableLabel: t('pools.queue') }}
              items={waiters}
              trackBy="id"
              empty={t('pools.no-queue')}
              columnDefinitions={[
                {
                  id: 'id',
                  header: t('instances.object'),
                  isRowHeader: true,
                  cell: ({ id }) => <InstanceLink id={id} />,
                },
                {
                  id: 'priority',
                  header: t('common.priority'),
                  cell: ({ priority }) => t(`priority.${priority}`),
                },
                { id: 'due', header: t('pools.due'), cell: ({ dueAt }) => <At at={dueAt} /> },
              ]}
            />
          </SpaceBetween>
        )}
      </Loaded>
    </Modal>
  );
};

const InstanceLink = ({ id }: { id: string }) => {
  const ref = parseInstanceId(id);
  return (
    <RouteLink to="/instances/$instance" params={{ instance: id }}>
      {ref ? `${ref.workflow} · ${ref.task} · ${ref.index}` : id}
    </RouteLink>
  );
};
