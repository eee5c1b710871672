import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { Decision } from '../../../../shared/domain/gate/decision.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

const steps = ['upstream', 'time', 'throttle', 'resource', 'execution'] as const;
type StepName = (typeof steps)[number];
type StepState = 'clear' | 'blocked' | 'later';

/** Pass, blocked or not looked at yet, for each of the five steps in the order of the gate. */
export const stepStates = (gate: Decision): Readonly<Record<StepName, StepState>> => {
  const blocked = new Set<string>(
    gate.decision === 'wait' ? gate.blockers.map(({ step }) => step) : [],
  );
  const first = steps.findIndex((step) => blocked.has(step));
  const started = gate.decision === 'active' || gate.decision === 'ended';

  const stateOf = (step: StepName, at: number): StepState => {
    if (blocked.has(step)) return 'blocked';
    if (step === 'execution') return started ? 'clear' : 'later';
    return first >= 0 && at > first ? 'later' : 'clear';
  };
  return Object.fromEntries(steps.map((step, at) => [step, stateOf(step, at)])) as Record<
    StepName,
    StepState
  >;
};

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
