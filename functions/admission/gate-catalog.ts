import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Env, Key } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant, Zone } from '../../shared/domain/kernel/time.schema.ts';
import type { ResourceGroup, ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';

type TaskRef = {
  readonly env: Env;
  readonly project: Key;
  readonly workflow: Key;
  readonly task: Key;
};

/** A task as it stands now: what the gate asks of the catalog. */
export type CurrentTask = {
  readonly paused?:
    | { readonly since: Instant; readonly by: string; readonly reason?: string | undefined }
    | undefined;
  /** The code that an attempt would run; missing when the definition is gone. */
  readonly task?: Task | undefined;
  readonly workflowParameters: Readonly<Record<string, string>>;
  readonly zone: Zone;
};

/** Limits that hold now. */
export type Limits = {
  readonly rules: readonly ThrottleRule[];
  readonly groups: readonly ResourceGroup[];
};

/** What the gate reads of the catalog. `expectedSeconds` is the mean duration of a task; undefined without history. */
export type GateCatalog = {
  readonly currentTask: (instance: Instance) => Promise<CurrentTask>;
  readonly limits: () => Promise<Limits>;
  readonly expectedSeconds: (refs: readonly TaskRef[]) => Promise<ReadonlyMap<string, number>>;
  /** The parameters given at a manual start. */
  readonly startParameters: (runId: string) => Promise<Readonly<Record<string, string>>>;
};
