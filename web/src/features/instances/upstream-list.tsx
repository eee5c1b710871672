import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Table from '@cloudscape-design/components/table';
import type { Diagnosis } from '../../../../shared/domain/diagnosis/diagnosis.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';

/** The direct upstreams, each with its status and whether it is still waited for. */
export const UpstreamList = ({
  upstream: { items, total },
}: {
  upstream: Diagnosis['upstream'];
}) => {
  const t = useT();
  if (total === 0) return null;

  return (
    <ExpandableSection variant="container" headerText={t('diagnosis.upstreams', { count: total })}>
      <Table
        variant="embedded"
        ariaLabels={{ tableLabel: t('diagnosis.upstreams', { count: total }) }}
        items={items}
        trackBy="id"
        columnDefinitions={[
          {
            id: 'instance',
            header: t('diagnosis.root'),
            isRowHeader: true,
            cell: ({ id, workflow, task, bizDate, index, hidden, status }) => {
              const name = `${workflow} · ${task} · ${bizDate} · ${index}`;
              if (hidden || !status) return name;
              return (
                <RouteLink to="/instances/$instance" params={{ instance: id }}>
                  {name}
                </RouteLink>
              );
            },
          },
          {
            id: 'status',
            header: t('instances.status'),
            cell: ({ status, outcome }) =>
              status ? (
                <InstanceStatus status={status} outcome={outcome} />
              ) : (
                t('neighbours.missing')
              ),
          },
          {
            id: 'met',
            header: t('step.upstream'),
            cell: ({ met }) => t(met ? 'diagnosis.met' : 'diagnosis.open'),
          },
        ]}
      />
    </ExpandableSection>
  );
};
