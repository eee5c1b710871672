import type { Instance } from '../instance/instance.schema.ts';
import type { Hold } from './hold.schema.ts';
import { covers } from './holds-of.ts';

type Ref = Pick<Instance, 'env' | 'project' | 'workflow' | 'task'>;

/**
 * Whether a hold is about an instance of which only the id is known: `look` when that takes the instance itself, because
 * pools and priorities do not stand in an id.
 */
export const coverageOf = (hold: Hold, ref: Ref): 'yes' | 'no' | 'look' => {
  const { target, thawed, env } = hold;
  if (env !== undefined && env !== ref.env) return 'no';
  if (thawed?.projects?.includes(ref.project)) return 'no';
  if (target.kind === 'pool') return 'look';

  // The lowest priority is the last to be thawed: what does not cover it covers nothing.
  const lowest = { ...ref, priority: 'LOWEST', resourceGroup: '' } as const;
  const whole = { ...hold, thawed: undefined };
  if (!covers(whole, lowest, [])) return 'no';
  if (thawed?.priority === undefined) return 'yes';
  return covers(hold, lowest, []) ? 'look' : 'no';
};
