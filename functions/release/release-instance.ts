import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { machineOf } from '../../shared/domain/run/machine-of.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { settleInOrder } from '../admission/settle-in-order.ts';
import { type SettleDeps, settleInstance } from '../admission/settle-instance.ts';
import { wakeWaiters } from '../admission/wake-waiters.ts';
import { passDateBarrier } from '../backfill/pass-date-barrier.ts';
import { queueStripeOf } from '../stores/instances-table.ts';
import { type Wake, wakesOf } from './release-change.ts';

export type ReleaseDeps = SettleDeps & {
  /** Starts a Dispatch execution that waits for this second and then admits the stripe. */
  readonly startWait: (second: { readonly at: string; readonly stripe: number }) => Promise<void>;
  /** Asks for the death of a Standard execution; its end arrives as an event. */
  readonly stopAttempt: (instance: Instance) => Promise<void>;
};

/** Children served at once; a parent may have a thousand. */
const atOnce = 16;

/** Carries out what a committed move asks of others. Safe to repeat. */
export const releaseInstance =
  (deps: ReleaseDeps) =>
  async (before: Instance | undefined, after: Instance): Promise<void> => {
    for (const wake of wakesOf(before, after, deps.clock())) await carryOut(deps, after, wake);
    if (after.status === 'FAILED' && before?.status !== 'FAILED')
      await passDateBarrier(deps)(after);
  };

const carryOut = async (deps: ReleaseDeps, instance: Instance, wake: Wake): Promise<void> => {
  switch (wake.wake) {
    case 'settle-children':
      return eachPage(deps, instance.id, (children) =>
        settleChildren(deps, instance.id, wake.seq, children),
      );
    case 'reopen-children':
      return eachPage(deps, instance.id, async (children) => {
        await inParallel(children, atOnce, async (child) => {
          if (await deps.instances.reopenEdge({ child, parent: instance.id }, wake.seq))
            await settleInstance(deps)(child);
        });
      });
    case 'settle-self':
      if (instance.forced) await settleInstance(deps)(instance.id);
      else await settleIfClosed(deps, instance.id);
      return;
    case 'waiters':
      for (const pool of wake.pools) await wakeWaiters(deps)(instance.env, pool);
      return;
    case 'at':
      return deps.startWait({ at: wake.at, stripe: queueStripeOf(instance.id) });
    case 'stop':
      if (machineOf(instance) === 'standard') await deps.stopAttempt(instance);
  }
};

/** Of two last parents the later sees no open edge: each closes its own before it asks. */
const settleIfClosed = async (deps: ReleaseDeps, id: string): Promise<void> => {
  const [open] = await deps.instances.openEdges(id, 1);
  if (open === undefined) await settleInstance(deps)(id, { edgesClosed: true });
};

/** Closes the edges below a success; what nothing else keeps starts in the order of the gate. */
const settleChildren = async (
  deps: ReleaseDeps,
  parent: string,
  seq: number,
  children: readonly string[],
): Promise<void> => {
  const { instances } = deps;
  const free = await inParallel(children, atOnce, async (child) => {
    await instances.settleEdge({ child, parent }, seq);
    const [open] = await instances.openEdges(child, 1);
    return open === undefined ? [child] : [];
  });
  const found = await instances.findMany(free.flat(), { strong: true });
  await settleInOrder(deps)([...found.values()], { edgesClosed: true });
};

const eachPage = async (
  { instances }: ReleaseDeps,
  parent: string,
  serve: (children: readonly string[]) => Promise<void>,
): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await instances.childrenOf(parent, { limit: 200, cursor });
    await serve(page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
};
