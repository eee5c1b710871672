import type { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isActive } from '../../shared/domain/instance/lifecycle.ts';
import type { BulkWork, RunDeps } from './bulk-deps.ts';
import { decideFor } from './decide-for.ts';

const stopping: ReadonlySet<string> = new Set(['terminate', 'force-rerun', 'rerun-downstream']);

/** What the plan needs to know of an instance: what the operation would do to it, or why it would not. */
export const candidateOf = async (
  deps: RunDeps,
  work: BulkWork,
  instance: Instance,
  isRoot = false,
): Promise<Candidate> => {
  const { id, status, family, kind, priority, resourceGroup } = instance;
  const facts = { id, status, family, kind, priority, resourceGroup };
  const place = isRoot ? { root: true } : {};
  if (family === 'barrier') return { ...facts, ...place };

  const decision = await decideFor(deps, work, instance, isRoot);
  if (decision.decide === 'refuse') return { ...facts, ...place, refusal: decision.reason };
  const stops = isActive(instance) && stopping.has(work.operation.op);
  return {
    ...facts,
    ...place,
    does: decision.decide === 'wait' ? 'waits' : stops ? 'stops' : 'moves',
  };
};

/** A rerun of many keeps the order among them: a child must not run on what its parent is about to do again. */
export const orderedCandidate = async (
  deps: RunDeps,
  work: BulkWork,
  instance: Instance,
): Promise<Candidate> => {
  const found = await candidateOf(deps, work, instance);
  return work.operation.op === 'rerun' && found.refusal === undefined
    ? { ...found, parents: await deps.instances.parentsOf(instance.id) }
    : found;
};

/** Nobody has it: never generated, or kept for its time and gone. */
export const absent = (id: string): Candidate => ({ id, refusal: 'there is no such instance' });
