import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { Blocker } from '../../../../shared/domain/gate/decision.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { BlockerHolder } from './blocker-holder.tsx';

/** One blocker: since when, who holds it, when it is expected to clear and what would clear it. */
export const BlockerCard = ({ blocker, project }: { blocker: Blocker; project: string }) => {
  const t = useT();
  const { code, step, since, clearsAt } = blocker;

  return (
    <Container
      header={
        <Header variant="h2" description={t(`step.${step}`)}>
          {t(`blocker.${code}`)}
        </Header>
      }
    >
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
              t(needsPerson.has(code) ? 'diagnosis.clears-never' : 'diagnosis.clears-unknown')
            ),
          },
          { label: t('diagnosis.action'), value: t(`action.${code}`) },
        ]}
      />
    </Container>
  );
};

/** Blockers that stay until somebody does something. */
const needsPerson: ReadonlySet<Blocker['code']> = new Set([
  'instance-paused',
  'task-paused',
  'parent-missing',
  'parent-paused',
  'parent-failed',
] as const);
