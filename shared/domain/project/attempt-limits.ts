import type { Instance } from '../instance/instance.schema.ts';
import type { Retries, Task } from '../workflow/task.schema.ts';
import type { TaskState } from '../workflow/task-state.schema.ts';
import { retriesOf, timeoutOf } from './effective-settings.ts';
import type { RuntimeSettings } from './runtime-settings.schema.ts';

/** How long an attempt may take, and how often it is tried again. */
export type AttemptLimits = Pick<Instance, 'timeoutSeconds' | 'retries'>;

/**
 * The limits of an attempt that is admitted now (nodes-and-instances 8.2): what neither the definition nor an operator
 * has set for the task follows the runtime settings of this moment, the rest stays as it was generated. An automatic
 * retry keeps what its instance has begun with.
 */
export const attemptLimits = (
  instance: Pick<Instance, 'family' | 'scope' | 'autoRetries'> & AttemptLimits,
  task: Pick<Task, 'kind' | 'timeoutSeconds' | 'retries'>,
  set: Pick<TaskState, 'timeoutSeconds' | 'retries'>,
  settings: RuntimeSettings,
): AttemptLimits => {
  const { family, scope, autoRetries, timeoutSeconds, retries } = instance;
  if (autoRetries > 0) return { timeoutSeconds, retries };

  const ownTimeout = set.timeoutSeconds ?? task.timeoutSeconds;
  const ownRetries: Partial<Retries> = { ...task.retries, ...set.retries };
  const fromSettings = retriesOf({}, settings);
  const retry = <K extends keyof Retries>(key: K): Retries[K] =>
    ownRetries[key] === undefined ? fromSettings[key] : retries[key];

  return {
    timeoutSeconds:
      ownTimeout === undefined
        ? timeoutOf({ kind: task.kind }, settings, family, scope)
        : timeoutSeconds,
    retries: {
      count: retry('count'),
      intervalSeconds: retry('intervalSeconds'),
      onTimeout: retry('onTimeout'),
      onLost: retry('onLost'),
    },
  };
};
