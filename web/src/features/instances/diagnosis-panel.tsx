import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import type { Diagnosis } from '../../../../shared/domain/diagnosis/diagnosis.schema.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { BlockerCard } from './blocker-card.tsx';
import { DiagnosisSteps } from './diagnosis-steps.tsx';
import { ExecutionCard } from './execution-card.tsx';
import { diagnosisQuery } from './instances.queries.ts';
import { RootBlockers } from './root-blockers.tsx';
import { UpstreamList } from './upstream-list.tsx';

/**
 * Why an instance does not run: the steps of the gate, each blocker with what clears it, and where the wait begins
 * (nodes-and-instances 5).
 */
export const DiagnosisPanel = ({
  row: { id, project },
  onAction,
}: {
  row: Pick<InstanceRow, 'id' | 'project'>;
  onAction: (action: ClearingAction) => void;
}) => {
  const t = useT();
  const diagnosis = useQuery(diagnosisQuery(id));

  return (
    <Loaded query={diagnosis}>
      {({ gate, blockers, steps, upstream, pools, execution, hints, clearsAt }) => (
        <SpaceBetween size="l">
          <Alert type={alertOf(gate, execution)}>
            {gate.decision === 'wait'
              ? t('diagnosis.wait', { count: blockers.length })
              : t(
                  execution.status === 'FAILED'
                    ? 'diagnosis.has-failed'
                    : `diagnosis.${gate.decision}`,
                )}
            {gate.decision === 'fail' && `: ${gate.error}`}
            {gate.decision === 'wait' && clearsAt && (
              <Box>
                {t('diagnosis.clears')}: <At at={clearsAt} project={project} form="full" /> (
                <At at={clearsAt} project={project} form="relative" />)
              </Box>
            )}
            {hints.map((hint) => (
              <Box key={hint}>{t(`hint.${hint}`)}</Box>
            ))}
          </Alert>
          <DiagnosisSteps steps={steps} project={project} />
          {blockers.map((blocker) => (
            <BlockerCard
              key={`${blocker.code} ${blocker.instance ?? blocker.pool ?? blocker.hold ?? ''}`}
              blocker={blocker}
              pool={pools.find(({ pool }) => pool === blocker.pool)}
              about={id}
              project={project}
              onAction={onAction}
            />
          ))}
          <RootBlockers upstream={upstream} about={id} project={project} onAction={onAction} />
          {execution.attempts > 0 && (
            <ExecutionCard execution={execution} about={id} project={project} onAction={onAction} />
          )}
          <UpstreamList upstream={upstream} />
        </SpaceBetween>
      )}
    </Loaded>
  );
};

const alertOf = (
  { decision }: Diagnosis['gate'],
  { status }: Diagnosis['execution'],
): 'error' | 'warning' | 'success' | 'info' => {
  if (decision === 'fail' || status === 'FAILED') return 'error';
  if (status === 'SUCCESS') return 'success';
  return decision === 'wait' ? 'warning' : 'info';
};
