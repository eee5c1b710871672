import type { Backfill } from '../../shared/domain/backfill/backfill.schema.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Env, Key } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant, Zone } from '../../shared/domain/kernel/time.schema.ts';
import type { ResourceGroup, ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import type { AttemptLimits } from '../../shared/domain/project/attempt-limits.ts';
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
  /** Time-out and retries of an attempt that would be admitted now. */
  readonly limits?: AttemptLimits | undefined;
  readonly workflowParameters: Readonly<Record<string, string>>;
  readonly zone: Zone;
};

/** Limits and holds, remembered for a moment. */
export type Limits = {
  readonly rules: readonly ThrottleRule[];
  readonly groups: readonly ResourceGroup[];
  readonly holds: readonly Hold[];
};

/** What the gate reads of the catalog. `expectedSeconds` is the mean duration of a task; undefined without history. */
export type GateCatalog = {
  readonly currentTask: (instance: Instance) => Promise<CurrentTask>;
  readonly limits: () => Promise<Limits>;
  readonly expectedSeconds: (refs: readonly TaskRef[]) => Promise<ReadonlyMap<string, number>>;
  /** The upstreams of each task within one cycle of a published version; undefined when it is gone. */
  readonly innerParents: (
    of: Pick<Instance, 'project' | 'workflow' | 'version'>,
  ) => Promise<ReadonlyMap<string, readonly string[]> | undefined>;
  /** The parameters given at a manual start or with a backfill. */
  readonly startParameters: (instance: Instance) => Promise<Readonly<Record<string, string>>>;
  /** The options of a backfill by the scope of its instances; they never change once it is submitted. */
  readonly backfill: (scope: string) => Promise<Backfill | undefined>;
};
