import * as z from 'zod';
import { RunTaskInput, type StageInput, type StageOutput } from '../../shared/contracts/stages.ts';
import { isActive } from '../../shared/domain/instance/lifecycle.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { firstLine } from '../../shared/domain/run/classify-error.ts';
import { endAttempt } from '../../shared/domain/run/end-attempt.ts';
import { pause } from '../stores/retry.ts';
import type { FinishDeps } from './finish.ts';
import { runLog } from './run-log.ts';
import { writeEnd } from './write-end.ts';

const tries = 5;

/**
 * A Standard execution ended without its finish state: what was being stopped is now known dead, anything else is lost.
 * An attempt that has ended already, or another one, is left alone.
 */
export const ended =
  (deps: FinishDeps) =>
  async ({ detail }: StageInput<'run-ended'>): Promise<StageOutput<'run-ended'>> => {
    const input = inputOf(detail.input);
    const why = firstLine(
      [`the execution ended as ${detail.status}`, detail.error, detail.cause]
        .filter((part) => part)
        .join(': '),
    );

    // One instant for all rounds: the same lines at the same time are the same chunk of the log.
    const at = deps.clock();
    for (let round = 1; round <= tries; round += 1) {
      const instance = await deps.instances.find(input.instanceId);
      if (!instance || instance.attempt !== input.attempt || !isActive(instance))
        return { done: 0 };

      const by = { at: deps.clock(), actor: 'system:run' };
      const log = runLog(() => at);
      const end = endAttempt(instance, { how: 'lost', error: why }, by);
      if (await writeEnd(deps, instance, end, { log })) return { done: 1 };
      await pause(round);
    }
    throw new Fault('StoreConflict', 'attempt not ended: the instance kept moving', {
      instanceId: input.instanceId,
    });
  };

const inputOf = (text: string | null | undefined): RunTaskInput => {
  const parsed = RunTaskInput.safeParse(JSON.parse(text ?? 'null'));
  if (!parsed.success)
    throw new Fault('InputInvalid', `no execution of ours: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};
