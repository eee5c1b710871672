import * as z from 'zod';
import type { Blocker } from '../gate/decision.schema.ts';
import type { Instance } from '../instance/instance.schema.ts';
import { isActive, isWaiting } from '../instance/lifecycle.ts';

/**
 * Why an ancestor keeps everything below it waiting. `kept`: it is paused or held itself. `waiting`: nothing above it is
 * open, so it waits for its time, a slot or a person. `settling`: it has ended and what waits for it is being woken.
 */
export const RootState = z
  .enum(['missing', 'failed', 'kept', 'running', 'waiting', 'settling'])
  .meta({ id: 'RootState' });
export type RootState = z.infer<typeof RootState>;

/** An instance above the one that is diagnosed. Without `instance` it was never generated. */
export type Ancestor = {
  readonly instance: Instance | undefined;
  /** Its own upstreams that have not succeeded. */
  readonly open: readonly string[];
  /** The pauses and holds that keep it. */
  readonly kept: readonly Blocker[];
};

/** Why an ancestor is a root of the wait; undefined when it only waits for others. */
export const rootOf = ({ instance, open, kept }: Ancestor): RootState | undefined => {
  if (!instance) return 'missing';
  if (instance.status === 'FAILED') return 'failed';
  if (instance.status === 'SUCCESS') return 'settling';
  if (isActive(instance)) return 'running';
  if (kept.length > 0) return 'kept';
  if (open.length > 0 && !instance.forced) return undefined;
  return instance.family === 'barrier' ? 'settling' : 'waiting';
};

/** The ancestors above this one that count: those of a paused one as well, because they are in the way after it. */
export const aboveOf = ({ instance, open }: Ancestor): readonly string[] =>
  instance && isWaiting(instance) && !instance.forced ? open : [];
