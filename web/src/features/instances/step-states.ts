import type { Decision } from '../../../../shared/domain/gate/decision.schema.ts';

/** The way to a start, in the order of the gate (nodes-and-instances 5). */
export const steps = ['upstream', 'time', 'throttle', 'resource', 'execution'] as const;
export type StepName = (typeof steps)[number];
export type StepState = 'clear' | 'blocked' | 'later';

/** The gate looks at throttle and resources together; what stands before them ends its look. */
const poolsAt = steps.indexOf('throttle');

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
    return first >= 0 && first < poolsAt && at > first ? 'later' : 'clear';
  };
  return Object.fromEntries(steps.map((step, at) => [step, stateOf(step, at)])) as Record<
    StepName,
    StepState
  >;
};
