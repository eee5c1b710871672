import { evaluate } from '../../shared/domain/gate/evaluate.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { loadWorld } from '../admission/load-world.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import type { ApiWork } from '../edge/api-route.ts';
import type { Clock } from '../edge/system-clock.ts';
import { noInstance } from './read-instances.ts';

/** Asks the one gate, with the same loading as dispatch, so the two cannot disagree (design.md §2, invariant 4). */
export const diagnoseInstance = ({
  clock,
  ...world
}: WorldDeps & { readonly clock: Clock }): ApiWork<'diagnoseInstance'> => {
  const load = loadWorld(world);
  return async ({ params }) => {
    const instance = await world.instances.find(params.instance);
    if (!instance) return noInstance(params.instance);

    const now = clock();
    const gate = evaluate(instance, await load(instance, now, { explain: true }));
    return ok({
      decision: gate.decision,
      status: instance.status,
      at: now,
      blockers: gate.decision === 'wait' ? gate.blockers : [],
      gate,
    });
  };
};
