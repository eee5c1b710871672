import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { lifecycleRefusal, notFound } from './move-by-hand.ts';

const tries = 6;

/**
 * Cuts an instance off from some of its upstreams, in the transaction of the move that says so: other instances and
 * cycles keep theirs (N40). The move's reason names what was removed.
 */
export const removeUpstreams =
  ({ instances, clock }: Pick<ApiStores, 'instances' | 'clock'>, { caller }: ApiContext) =>
  async (
    id: string,
    {
      parents,
      comment,
    }: { readonly parents: readonly string[]; readonly comment?: string | undefined },
  ): Promise<Result<Instance, RefusalOf<'removeInstanceUpstreams'>>> => {
    const ref = parseInstanceId(id);
    if (!ref || ref.family === 'barrier') return notFound(id);
    const asked = [...new Set(parents)];

    for (let attempt = 0; attempt < tries; attempt += 1) {
      const instance = await instances.find(id);
      if (!instance) return notFound(id);
      // Read after the instance: whoever changes its edges changes its seq as well.
      const cut = await instances.cutOf(id, asked);
      const unknown = asked.filter((parent) => !cut.parents.includes(parent));
      if (unknown.length > 0)
        return err({
          code: 'upstream-not-found',
          detail: `${id} does not wait for ${unknown.join(', ')}`,
        });

      const removed = asked.join(', ');
      const moved = moveInstance(instance, {
        move: 'remove-upstream',
        at: clock(),
        actor: caller.user,
        reason: comment ? `${removed}: ${comment}` : removed,
      });
      if (!moved.ok) return err(lifecycleRefusal(moved.error));
      const written = await instances.commit(moved.value, { cut });
      if (written === 'committed') return ok(moved.value.instance);
    }
    return err({ code: 'changed-meanwhile', detail: `${id} keeps changing; try again` });
  };
