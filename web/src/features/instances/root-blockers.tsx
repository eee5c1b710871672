import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import type {
  Diagnosis,
  RootBlocker,
} from '../../../../shared/domain/diagnosis/diagnosis.schema.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { ClearingButtons } from './clearing-buttons.tsx';

/** Where the wait begins, at any depth; a direct upstream is left out where its own card says everything. */
export const RootBlockers = ({
  upstream: { roots, searched },
  about,
  project,
  onAction,
}: {
  upstream: Diagnosis['upstream'];
  about: string;
  project: string;
  onAction: (action: ClearingAction) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const shown = roots.filter(saysMore);
  if (shown.length === 0) return null;
  const spanOf = (seconds: number | undefined) => formatDuration((seconds ?? 0) * 1_000, language);

  return (
    <Table
      variant="container"
      wrapLines
      header={
        <Header
          variant="h2"
          description={`${t('diagnosis.roots-searched', { count: searched.instances })}${
            searched.complete ? '' : ` · ${t('diagnosis.roots-more')}`
          }`}
        >
          {t('diagnosis.roots')}
        </Header>
      }
      ariaLabels={{ tableLabel: t('diagnosis.roots') }}
      items={shown}
      trackBy="id"
      columnDefinitions={[
        {
          id: 'instance',
          header: t('diagnosis.root'),
          minWidth: 180,
          isRowHeader: true,
          cell: (root) => {
            const name = `${root.workflow} · ${root.task} · ${root.bizDate} · ${root.index}`;
            if (root.state === 'missing' || root.hidden) return name;
            return (
              <RouteLink to="/instances/$instance" params={{ instance: root.id }}>
                {name}
              </RouteLink>
            );
          },
        },
        {
          id: 'state',
          header: t('diagnosis.root-state'),
          minWidth: 220,
          cell: (root) => (
            <>
              {root.status ? <InstanceStatus status={root.status} /> : t(`root.${root.state}`)}
              <Box variant="small" display="block">
                {root.blockers.map(({ code }) => t(`blocker.${code}`)).join('; ') ||
                  t(`root.${root.state}`)}
                {root.error && `: ${root.error}`}
                {root.slow &&
                  `: ${t('diagnosis.slow-root', {
                    time: spanOf(root.runsSeconds),
                    mean: spanOf(root.meanSeconds),
                  })}`}
              </Box>
            </>
          ),
        },
        { id: 'level', header: t('diagnosis.level'), cell: ({ level }) => level },
        {
          id: 'since',
          header: t('diagnosis.since'),
          cell: ({ since }) => <At at={since} project={project} />,
        },
        {
          id: 'end',
          header: t('diagnosis.clears'),
          minWidth: 130,
          cell: ({ clearsAt, needsPerson }) =>
            clearsAt && !needsPerson ? (
              <At at={clearsAt} project={project} />
            ) : (
              t(needsPerson ? 'diagnosis.clears-never' : 'diagnosis.clears-unknown')
            ),
        },
        {
          id: 'actions',
          header: t('diagnosis.do'),
          minWidth: 220,
          cell: ({ actions }) => (
            <ClearingButtons actions={actions} about={about} onAction={onAction} />
          ),
        },
      ]}
    />
  );
};

const saysMore = ({ level, state, actions, slow }: RootBlocker): boolean =>
  level > 1 ||
  slow ||
  state === 'kept' ||
  (state !== 'failed' && state !== 'missing' && actions.length > 0);
