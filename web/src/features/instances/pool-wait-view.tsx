import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { PoolWait } from '../../../../shared/domain/diagnosis/diagnosis.schema.ts';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { Duration } from '../../ui/time/duration.tsx';

/** A pool without room: its slots, who holds them, the place in the queue and how long it has waited. */
export const PoolWaitView = ({ wait, project }: { wait: PoolWait; project: string }) => {
  const t = useT();
  const { used, limit, position, waiting, since, reopensAt, holders } = wait;
  const count = `${waiting.count}${waiting.more ? '+' : ''}`;

  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={4}
        items={[
          { label: t('diagnosis.slots'), value: t('diagnosis.slots-text', { used, limit }) },
          {
            label: t('diagnosis.queue'),
            value:
              position === undefined
                ? t('diagnosis.queued', { count: waiting.count })
                : t('diagnosis.place', { position, count }),
          },
          { label: t('diagnosis.waited'), value: <Duration from={since} /> },
          ...(reopensAt
            ? [
                {
                  label: t('diagnosis.opens'),
                  value: <At at={reopensAt} project={project} form="full" />,
                },
              ]
            : []),
        ]}
      />
      {holders.length > 0 && (
        <Table
          variant="embedded"
          header={<Box variant="h3">{t('diagnosis.holders')}</Box>}
          ariaLabels={{ tableLabel: t('diagnosis.holders') }}
          items={holders}
          trackBy="id"
          columnDefinitions={[
            {
              id: 'instance',
              header: t('diagnosis.root'),
              isRowHeader: true,
              cell: ({ id }) => (
                <RouteLink to="/instances/$instance" params={{ instance: id }}>
                  {nameOf(id)}
                </RouteLink>
              ),
            },
            {
              id: 'since',
              header: t('diagnosis.held-since'),
              cell: (holder) => <At at={holder.since} project={project} />,
            },
            {
              id: 'end',
              header: t('diagnosis.expected-end'),
              cell: ({ expectedEndAt }) =>
                expectedEndAt ? (
                  <At at={expectedEndAt} project={project} />
                ) : (
                  t('diagnosis.clears-unknown')
                ),
            },
          ]}
        />
      )}
    </SpaceBetween>
  );
};

const nameOf = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow} · ${ref.task} · ${ref.bizDate} · ${ref.index}` : id;
};
