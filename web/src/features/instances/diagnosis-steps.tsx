import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { Decision } from '../../../../shared/domain/gate/decision.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type StepState, stepStates, steps } from './step-states.ts';

const indicator: Readonly<Record<StepState, StepsProps.Status>> = {
  clear: 'success',
  blocked: 'warning',
  later: 'pending',
};

/** The bar of five steps; the execution says how it went. */
export const DiagnosisSteps = ({ row, gate }: { row: InstanceRow; gate: Decision }) => {
  const t = useT();
  const states = stepStates(gate);
  const text = {
    clear: 'diagnosis.clear',
    blocked: 'diagnosis.blocked',
    later: 'diagnosis.later',
  } as const;

  return (
    <Steps
      ariaLabel={t('diagnosis.steps')}
      orientation="horizontal"
      steps={steps.map((step) => {
        const state = states[step];
        const running = step === 'execution' && state === 'clear';
        return {
          status: running && row.status === 'FAILED' ? 'error' : indicator[state],
          header: t(`step.${step}`),
          details: running ? t(`status.${row.status}`) : t(text[state]),
          statusIconAriaLabel: t(text[state]),
        };
      })}
    />
  );
};
