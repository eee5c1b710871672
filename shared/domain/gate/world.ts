import type { ActiveHold } from '../hold/holds-of.ts';
import type { Outcome, Status } from '../instance/instance.schema.ts';
import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { PoolState } from '../pool/pool.schema.ts';
import type { AttemptLimits } from '../project/attempt-limits.ts';
import type { TaskWork } from '../workflow/task.schema.ts';
import type { Blocker } from './decision.schema.ts';

/** An upstream instance whose edge is still open. Without `status` it has not been generated, or nobody asked for reasons. */
export type OpenParent = {
  readonly id: string;
  readonly task: string;
  readonly status?: Status | undefined;
  readonly paused?: boolean | undefined;
  /** Since when it stands as it stands. */
  readonly since?: Instant | undefined;
  /** When it is expected to end; only loaded for an explanation. */
  readonly expectedEndAt?: Instant | undefined;
};

/** What an upstream that has succeeded says to a task below a branch. */
export type EndedParent = {
  readonly id: string;
  readonly outcome?: Outcome | undefined;
  /** Set when the parent is a branch: the tasks it chose. */
  readonly taken?: readonly string[] | undefined;
};

/** What the catalog says about the task right now. */
type TaskNow = {
  readonly paused?:
    | { readonly since: Instant; readonly by: string; readonly reason?: string | undefined }
    | undefined;
  /** The code that would run; missing when the task is in no online version any more. */
  readonly work?: TaskWork | undefined;
  /** Time-out and retries of an attempt that would be admitted now. */
  readonly limits?: AttemptLimits | undefined;
};

/** An instance that holds a slot of a full pool; only loaded for an explanation. */
export type SlotHolder = {
  readonly id: string;
  readonly since: Instant;
  readonly expectedEndAt?: Instant | undefined;
};

/**
 * All that the gate looks at besides the instance, read just before. Dispatch and diagnosis load it with one function;
 * what is marked "for an explanation" cannot change a decision.
 */
export type World = {
  readonly now: Instant;
  readonly openParents: readonly OpenParent[];
  /** Holds of the catalog that cover it and last now. */
  readonly holds: readonly ActiveHold[];
  /**
   * What else must be over before its time has come: the run before (overlap), the recurring instance of a backfilled
   * task, the hours of a run window.
   */
  readonly conditions: readonly Blocker[];
  /** Why it expires without running; undefined when it does not. */
  readonly expired?: string | undefined;
  /** Only for instances that join branches. */
  readonly endedParents: readonly EndedParent[];
  readonly task: TaskNow;
  /** The local day's end of a `wait until HH:mm` as an instant, when the work asks for one. */
  readonly untilAt?: Instant | undefined;
  /** The parameters of a branch, or why they cannot be had. */
  readonly values?: Result<Readonly<Record<string, string>>, string> | undefined;
  /** Limited pools that apply, throttling rules first. */
  readonly pools: readonly PoolState[];
  readonly holders: Readonly<Record<string, readonly SlotHolder[]>>;
};
