import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BlockerCard } from './blocker-card.tsx';
import { DiagnosisSteps } from './diagnosis-steps.tsx';
import { diagnosisQuery } from './instances.queries.ts';

/** Why an instance does not run: the steps of the gate, and each blocker with what clears it (nodes-and-instances 5). */
export const DiagnosisPanel = ({ row }: { row: InstanceRow }) => {
  const t = useT();
  const diagnosis = useQuery(diagnosisQuery(row.id));

  return (
    <Loaded query={diagnosis}>
      {({ gate }) => (
        <SpaceBetween size="l">
          <Alert
            type={
              gate.decision === 'fail' ? 'error' : gate.decision === 'wait' ? 'warning' : 'info'
            }
          >
            {gate.decision === 'wait'
              ? t('diagnosis.wait', { count: gate.blockers.length })
              : t(`diagnosis.${gate.decision}`)}
            {gate.decision === 'fail' && `: ${gate.error}`}
          </Alert>
          <DiagnosisSteps row={row} gate={gate} />
          {gate.decision === 'wait' &&
            gate.blockers.map((blocker) => (
              <BlockerCard
                key={`${blocker.code} ${blocker.instance ?? blocker.pool ?? ''}`}
                blocker={blocker}
                project={row.project}
              />
            ))}
        </SpaceBetween>
      )}
    </Loaded>
  );
};
