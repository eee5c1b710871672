import type { RunChange, RunOperation } from '../../shared/contracts/api/run-operation-routes.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isActive, isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { HandOperation } from '../../shared/domain/operation/instance-operation.schema.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { moveByHand } from './move-by-hand.ts';
import { isKnown, noRun } from './read-runs.ts';
import { writeAudit } from './write-audit.ts';

type InstanceOp = HandOperation['op'];

/** What is done to the instances of a run; the others ask for a new one. */
type ChangeOperation = Exclude<RunOperation, 'rerun' | 'retry'>;

/** Instances moved by one call; the answer says when there are more. */
const movedAtMost = 500;

/**
 * Does one thing to the instances of a run, as far as each is in a state for it. What runs or fails meanwhile is met by
 * asking again.
 */
export const changeRun =
  (stores: ApiStores, context: ApiContext) =>
  async (
    run: string,
    operation: ChangeOperation,
    comment: string | undefined,
  ): Promise<Result<RunChange, RefusalOf<'stopRun'>>> => {
    const instances = await stores.instances.ofRun(run, { strong: true });
    const ref = await isKnown(stores, run);
    if (!ref) return noRun(run);

    const steps = stepsOf(operation, instances);
    if (steps.length === 0) return err({ code: 'nothing-changed', detail: nothingTo[operation] });

    const now = steps.slice(0, movedAtMost);
    const move = moveByHand(stores, context);
    const results: Awaited<ReturnType<typeof batch>>[] = [];
    // One kind of move after the other: a parent that ends must not wake a child that is about to be paused.
    for (const [op, same] of Map.groupBy(now, (step) => step.op))
      results.push(
        await batch(
          same.map(({ id }) => id),
          async (id) => {
            const moved = await move(id, { op, comment });
            return moved.ok ? { ok: true, value: {} } : moved;
          },
        ),
      );
    await writeAudit(stores, context, {
      ...{ action: operation, object: `run:${run}`, project: ref.project, env: ref.env, comment },
      bizDate: ref.bizDate,
      after: { instances: now.length },
    });
    return ok({
      run,
      changed: results.flatMap(({ succeeded }) => succeeded.map(({ id }) => id)),
      failed: results.flatMap(({ failed }) => [...failed]),
      more: now.length < steps.length,
    });
  };

type Step = { readonly id: string; readonly op: InstanceOp };

/** The moves of an operation, first those that keep others from starting. */
export const stepsOf = (
  operation: ChangeOperation,
  instances: readonly Instance[],
): readonly Step[] => {
  const those = (op: InstanceOp, which: (instance: Instance) => boolean): Step[] =>
    instances.filter(which).map(({ id }) => ({ id, op }));
  const notBegun = (instance: Instance) => instance.status === 'NOT_RUN' && !instance.paused;
  const onItsWay = (instance: Instance) =>
    !isEnded(instance) && instance.status !== 'NOT_RUN' && !instance.stopping;

  switch (operation) {
    case 'stop':
      return [...those('pause', notBegun), ...those('terminate', onItsWay)];
    case 'pause':
      return those(
        'pause',
        (instance) => !isEnded(instance) && !isActive(instance) && !instance.paused,
      );
    case 'resume':
      return those('resume', (instance) => instance.paused === true);
    case 'rerun-failed':
      return [
        ...those('rerun', ({ status }) => status === 'FAILED'),
        ...those('resume', (instance) => instance.paused === true),
      ];
    case 'set-success':
      return those('set-success', ({ status }) => status === 'FAILED');
  }
};

const nothingTo = {
  stop: 'nothing to stop: everything has ended or is paused',
  pause: 'nothing to pause: everything has begun, ended or is paused',
  resume: 'nothing to resume: none of its instances is paused',
  'rerun-failed': 'nothing to rerun: none of its instances failed',
  'set-success': 'nothing to set: none of its instances failed',
} as const;
