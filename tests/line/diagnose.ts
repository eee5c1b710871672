import { loadWorld } from '../../functions/admission/load-world.ts';
import type { Blocker, Decision } from '../../shared/domain/gate/decision.schema.ts';
import { evaluate } from '../../shared/domain/gate/evaluate.ts';
import type { Line } from './start-line.ts';

type Diagnosis = Decision & { readonly blockers: readonly Blocker[] };

/** What the console prints about an instance; an empty list of blockers when nothing holds it. */
export const diagnose = (line: Line, id: string): Promise<Diagnosis> => judged(line, id, true);

/** What dispatch sees of it. */
export const decisionOn = (line: Line, id: string): Promise<Diagnosis> => judged(line, id, false);

const judged = async (line: Line, id: string, explain: boolean): Promise<Diagnosis> => {
  const instance = await line.find(id);
  const decision = evaluate(
    instance,
    await loadWorld(line.gate)(instance, line.clock(), { explain }),
  );
  return { ...decision, blockers: decision.decision === 'wait' ? decision.blockers : [] };
};
