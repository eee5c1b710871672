import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import type { Diagnosis } from '../../../../shared/domain/diagnosis/diagnosis.schema.ts';
import { needsPerson } from '../../../../shared/domain/diagnosis/needs-person.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { BlockerHolder } from './blocker-holder.tsx';
import { ClearingButtons } from './clearing-buttons.tsx';
import { PoolWaitView } from './pool-wait-view.tsx';

/** One blocker: since when, who holds it, when it is expected to clear, and what would clear it as buttons. */
export const BlockerCard = ({
  blocker,
  pool,
  about,
  project,
  onAction,
}: {
  blocker: Diagnosis['blockers'][number];
  pool: Diagnosis['pools'][number] | undefined;
  about: string;
  project: string;
  onAction: (action: ClearingAction) => void;
}) => {
  const t = useT();
  const { code, step, since, actions } = blocker;
  const clearsAt = pool ? pool.expectedAt : blocker.clearsAt;

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t(`step.${step}`)}
          actions={<ClearingButtons actions={actions} about={about} onAction={onAction} />}
        >
          {t(`blocker.${code}`)}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          items={[
            { label: t('diagnosis.since'), value: <At at={since} project={project} form="full" /> },
            { label: t('diagnosis.holder'), value: <BlockerHolder blocker={blocker} /> },
            {
              label: t('diagnosis.clears'),
              value: clearsAt ? (
                <>
                  <At at={clearsAt} project={project} form="full" /> (
                  <At at={clearsAt} project={project} form="relative" />)
                </>
              ) : (
                t(needsPerson(blocker) ? 'diagnosis.clears-never' : 'diagnosis.clears-unknown')
              ),
            },
            { label: t('diagnosis.action'), value: t(`action.${code}`) },
          ]}
        />
        {pool && <PoolWaitView wait={pool} project={project} />}
      </SpaceBetween>
    </Container>
  );
};
