import * as z from 'zod';
import type { Blocker, Decision } from '../gate/decision.schema.ts';
import { gateAtOf } from '../gate/gate-at.ts';
import type { Instance } from '../instance/instance.schema.ts';
import type { MoveName } from '../instance/lifecycle.ts';
import { Instant } from '../kernel/time.schema.ts';
import { needsPerson } from './needs-person.ts';

/** The way to a start and what comes of it, in the order of the gate (nodes-and-instances 5). */
export const DiagnosisStepName = z
  .enum(['upstream', 'time', 'throttle', 'resource', 'execution'])
  .meta({ id: 'DiagnosisStepName' });
export type DiagnosisStepName = z.infer<typeof DiagnosisStepName>;

/**
 * `waiting` ends by itself, `blocked` needs a person. `later`: a step before it has not passed, so nobody has looked at it
 * yet.
 */
export const DiagnosisState = z
  .enum(['pass', 'waiting', 'blocked', 'failed', 'running', 'later'])
  .meta({ id: 'DiagnosisState' });
export type DiagnosisState = z.infer<typeof DiagnosisState>;

export const DiagnosisStep = z
  .object({
    step: DiagnosisStepName,
    state: DiagnosisState,
    since: Instant.nullable().meta({ description: 'null only for `later`' }),
    blocking: z.boolean().meta({ description: 'the step that stands in the way' }),
  })
  .meta({ id: 'DiagnosisStep' });
export type DiagnosisStep = z.infer<typeof DiagnosisStep>;

const names = DiagnosisStepName.options;
const poolsAt = names.indexOf('throttle');

/**
 * The five steps of an instance as the gate sees it now: they follow from its answer and cannot contradict it.
 * `rootsNeedPerson`: somebody must act on what the upstream step waits for, at whatever depth.
 */
export const stepsOf = (
  instance: Instance,
  gate: Decision,
  { rootsNeedPerson }: { readonly rootsNeedPerson: boolean },
): readonly DiagnosisStep[] => {
  const blocking = blockingStepOf(instance, gate);
  const blockers = gate.decision === 'wait' ? gate.blockers : [];
  const inTheWay = new Set<string>(blockers.map(({ step }) => step));
  const first = names.findIndex((name) => inTheWay.has(name));

  return names.map((step, at): DiagnosisStep => {
    const own = blockers.filter((blocker) => blocker.step === step);
    const view = (state: DiagnosisState, since: Instant | null): DiagnosisStep => ({
      ...{ step, state, since },
      blocking: step === blocking,
    });
    if (own.length > 0) {
      const byHand = own.some(needsPerson) || (step === 'upstream' && rootsNeedPerson);
      return view(byHand ? 'blocked' : 'waiting', earliest(own));
    }
    if (step === 'execution') return view(...executionOf(instance, gate));
    if (first >= 0 && first < poolsAt && at > first) return view('later', null);
    return view('pass', passedAt(instance, step));
  });
};

/** The step in the way: that of the gate's first blocker; a pause that nothing else precedes keeps the execution. */
export const blockingStepOf = (
  { status }: Pick<Instance, 'status'>,
  gate: Decision,
): DiagnosisStepName | null => {
  if (gate.decision === 'fail') return 'execution';
  if (gate.decision === 'ended') return status === 'FAILED' ? 'execution' : null;
  if (gate.decision !== 'wait') return null;
  const [first] = gate.blockers.flatMap(({ step }) => (step === 'paused' ? [] : [step]));
  return first ?? 'execution';
};

const executionOf = (
  instance: Instance,
  gate: Decision,
): [state: DiagnosisState, since: Instant | null] => {
  const lastMove = instance.moves.at(-1)?.at ?? instance.dueAt;
  switch (gate.decision) {
    case 'ended':
      return [instance.status === 'FAILED' ? 'failed' : 'pass', instance.endedAt ?? lastMove];
    case 'active':
      return ['running', instance.startedAt ?? instance.submittedAt ?? lastMove];
    case 'fail':
      return ['failed', lastMove];
    case 'wait': {
      if (gate.blockers.some(({ step }) => step !== 'paused')) return ['later', null];
      return [gate.blockers.some(needsPerson) ? 'blocked' : 'waiting', earliest(gate.blockers)];
    }
    default:
      return ['waiting', lastMove];
  }
};

const earliest = (blockers: readonly Blocker[]): Instant | null =>
  blockers.map(({ since }) => since).toSorted()[0] ?? null;

/** When a step was passed, from the moves; where they say nothing any more, when it could have been at the earliest. */
const passedAt = (instance: Instance, step: DiagnosisStepName): Instant => {
  const { moves, submittedAt, dueAt, forced } = instance;
  const forcedAt = forced ? moves.findLast(({ move }) => forcing.has(move))?.at : undefined;
  const dueOrForced = forcedAt ?? gateAtOf(instance);
  const timeAt = submittedAt !== undefined && submittedAt < dueOrForced ? submittedAt : dueOrForced;
  switch (step) {
    case 'upstream':
      return moves.findLast(({ from, to }) => from === 'NOT_RUN' && to !== 'NOT_RUN')?.at ?? dueAt;
    case 'time':
      return timeAt;
    case 'throttle':
      return moves.findLast(({ move }) => move === 'queue')?.at ?? submittedAt ?? timeAt;
    default:
      return submittedAt ?? timeAt;
  }
};

const forcing: ReadonlySet<string> = new Set<MoveName>(['force-rerun', 'restart']);
