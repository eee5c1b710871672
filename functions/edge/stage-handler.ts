import * as z from 'zod';
import {
  type StageInput,
  type StageName,
  type StageOutput,
  stages,
} from '../../shared/contracts/stages.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Host, HostedHandler } from './lambda.ts';

/**
 * Parses what comes in and what goes out, so that a stage never sees or leaves an unknown shape. Fault('InputInvalid')
 * for either.
 */
export const stageHandler =
  <N extends StageName>(
    name: N,
    work: (input: StageInput<N>, host: Host) => Promise<StageOutput<N>>,
  ): HostedHandler<StageOutput<N>> =>
  async (event, host) => {
    const input = stages[name].input.safeParse(event);
    if (!input.success) throw invalid(name, 'input', input.error);

    const output = stages[name].output.safeParse(await work(input.data as StageInput<N>, host));
    if (!output.success) throw invalid(name, 'output', output.error);
    return output.data as StageOutput<N>;
  };

const invalid = (stage: StageName, side: 'input' | 'output', error: z.ZodError): Fault =>
  new Fault('InputInvalid', `${stage} ${side}: ${z.prettifyError(error)}`, { stage });
