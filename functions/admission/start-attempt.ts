import type { RunTaskInput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { machineOf } from '../../shared/domain/run/machine-of.ts';
import { executionNameOf } from './execution-name.ts';

/** Starts the execution of an admitted attempt. Starting it again is harmless: claim lets one of them through. */
export type StartAttempt = (instance: Instance) => Promise<void>;

export type RunMachines = { readonly express: string; readonly standard: string };

/** Starts an execution; one of that name that runs or has run already is no error. */
export type StartExecution = (machineArn: string, name: string, input: unknown) => Promise<void>;

export const startAttemptOn =
  (start: StartExecution, machines: RunMachines): StartAttempt =>
  async (instance) => {
    const { id, attempt, timeoutSeconds, kind } = instance;
    const input: RunTaskInput = { contract: 1, instanceId: id, attempt, timeoutSeconds, kind };
    await start(machines[machineOf(instance)], executionNameOf(instance), input);
  };
