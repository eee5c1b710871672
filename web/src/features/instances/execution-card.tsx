import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import type { Diagnosis } from '../../../../shared/domain/diagnosis/diagnosis.schema.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { ClearingButtons } from './clearing-buttons.tsx';

/** How the last attempt went, against what is usual, and what can be done after a failure. */
export const ExecutionCard = ({
  execution,
  about,
  project,
  onAction,
}: {
  execution: Diagnosis['execution'];
  about: string;
  project: string;
  onAction: (action: ClearingAction) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const { attempts, retriesLeft, retryAt, seconds, meanSeconds, error, errorHint } = execution;
  const span = (value: number | undefined) =>
    value === undefined ? t('common.none') : formatDuration(value * 1_000, language);

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <ClearingButtons actions={execution.actions} about={about} onAction={onAction} />
          }
        >
          {t('step.execution')}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: t('diagnosis.result'),
            value: <InstanceStatus status={execution.status} outcome={execution.outcome} />,
          },
          {
            label: t('instances.attempts'),
            value: (
              <RouteLink
                to="/instances/$instance"
                params={{ instance: about }}
                search={{ tab: 'attempts' }}
              >
                {attempts}
              </RouteLink>
            ),
          },
          { label: t('diagnosis.retries-left'), value: retriesLeft },
          { label: t('diagnosis.took'), value: span(seconds) },
          {
            label: t('diagnosis.mean'),
            value: meanSeconds === undefined ? t('diagnosis.no-history') : span(meanSeconds),
          },
          ...(retryAt
            ? [
                {
                  label: t('instances.retry-at'),
                  value: <At at={retryAt} project={project} form="full" />,
                },
              ]
            : []),
          ...(error ? [{ label: t('instance.error'), value: <code>{error}</code> }] : []),
          ...(errorHint
            ? [{ label: t('diagnosis.action'), value: t(`error-hint.${errorHint}`) }]
            : []),
        ]}
      />
    </Container>
  );
};
