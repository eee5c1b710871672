import { err, ok, type Result } from '../kernel/result.ts';
import { type Priority, rankOf } from '../workflow/priority.schema.ts';
import type { Hold } from './hold.schema.ts';

/** A stage of a thaw: these may start again. `all` ends the freeze. */
export type ThawStage = {
  readonly priority?: Priority | undefined;
  readonly projects?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
};

/** The freeze after the stage; undefined when it is over. */
export type Thawed = { readonly hold: Hold | undefined };

/**
 * Lets a part of a freeze start again. A thaw only ever goes on: a stage that would let nobody new through is refused.
 */
export const thawHold = (hold: Hold, stage: ThawStage): Result<Thawed, string> => {
  if (hold.purpose !== 'freeze') return err(`${hold.id} is no freeze; lift it instead`);
  if (stage.all) return ok({ hold: undefined });

  const before = hold.thawed ?? {};
  const newProjects = (stage.projects ?? []).filter((name) => !before.projects?.includes(name));
  const lower =
    stage.priority !== undefined &&
    (before.priority === undefined || rankOf(stage.priority) < rankOf(before.priority));
  if (!lower && newProjects.length === 0)
    return err('this stage lets nobody start who may not already');

  const priority = lower ? stage.priority : before.priority;
  if (priority === 'LOWEST') return ok({ hold: undefined });
  const projects = [...(before.projects ?? []), ...newProjects];
  return ok({
    hold: {
      ...hold,
      thawed: {
        ...(priority === undefined ? {} : { priority }),
        ...(projects.length > 0 ? { projects } : {}),
      },
    },
  });
};
