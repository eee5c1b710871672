import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { kindTimeouts } from '../../shared/domain/project/effective-settings.ts';
import { isMember } from '../../shared/domain/project/members.ts';
import { type Priority, rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { type FoundTask, findTask, noTask } from './find-task.ts';
import { noProject } from './read-instances.ts';
import { type ChangeRefused, changeTask, type Place } from './task-change.ts';
import { dependantsOf } from './task-dependants.ts';
import { type Followed, followPriority, type Room } from './task-priority.ts';
import { defaultGroup, noGroup } from './write-instances.ts';

type Comment = string | undefined;
type Changed<R = never> = Promise<Result<FoundTask, ChangeRefused | R>>;

/** Every operation on a task that sets something beside its definition. Running attempts are never touched. */
export const taskOperations = (stores: ApiStores, context: ApiContext) => {
  const { catalog, clock } = stores;
  const nothing = (detail: string) => err({ code: 'nothing-changed', detail } as const);

  /** Sets one field; `null` takes the override away. */
  const set = <F extends SetField>(
    place: Place,
    field: F,
    value: TaskState[F] | null,
    comment: Comment,
  ): Changed =>
    changeTask<ChangeRefused>(
      stores,
      context,
      place,
      { action: actions[field], comment },
      (state) =>
        isSame(state[field], value)
          ? nothing(`${place.task} has it set so already`)
          : ok({ ...state, [field]: value ?? undefined }),
    );

  return {
    pause: (place: Place, comment: Comment): Changed =>
      changeTask<ChangeRefused>(stores, context, place, { action: 'pause', comment }, (state) =>
        state.paused
          ? nothing(`${place.task} is paused already`)
          : ok({
              ...state,
              paused: { since: clock(), by: context.caller.user, reason: comment?.slice(0, 200) },
            }),
      ),

    resume: (place: Place, comment: Comment): Changed =>
      changeTask<ChangeRefused>(stores, context, place, { action: 'resume', comment }, (state) =>
        state.paused ? ok({ ...state, paused: undefined }) : nothing(`${place.task} is not paused`),
      ),

    /** Only a member of the project can own a task (N42): an owner without a grant could not look after it. */
    async setOwner(
      place: Place,
      owner: string | null,
      comment: Comment,
    ): Changed<RefusalOf<'setTaskOwner'>> {
      const project = await catalog.findProject(place.project);
      if (!project) return noProject(place.project);
      if (owner !== null && !isMember(project, owner))
        return err({
          code: 'not-a-member',
          detail: `${owner} is no member of project ${place.project}; add them first, or choose a member`,
        });
      return set(place, 'owner', owner, comment);
    },

    /** Takes effect at once: instances that have not started follow, as many as there is room for (N43). */
    async setPriority(
      place: Place,
      priority: Priority | null,
      comment: Comment,
      room: Room,
    ): Promise<Result<FoundTask & { readonly followed: Followed }, ChangeRefused>> {
      const role = await context.roleIn(place.project);
      if (priority && rankOf(priority) > rankOf('MIDDLE') && rankOfRole(role) < rankOfRole('admin'))
        return err({
          code: 'forbidden',
          detail: `priority ${priority} needs the role admin; LOWEST, LOW and MIDDLE do not`,
        });
      const done = await set(place, 'priority', priority, comment);
      if (!done.ok && done.error.code !== 'nothing-changed') return done;
      const found = await findTask(catalog, place);
      if (!found) return noTask(place);

      const now = found.state?.priority ?? found.task.priority;
      const followed = await followPriority(
        stores,
        context,
        { ...place, priority: now, comment },
        room,
      );
      // What was left over from a change that was too large for one call is a change, too.
      const isNothing = !done.ok && followed.moved === 0 && !followed.more;
      return isNothing ? done : ok({ ...found, followed });
    },

    async setResourceGroup(
      place: Place,
      resourceGroup: string | null,
      comment: Comment,
    ): Changed<RefusalOf<'setTaskResourceGroup'>> {
      const isKnown =
        resourceGroup === null ||
        resourceGroup === defaultGroup ||
        (await catalog.findGroup(resourceGroup)) !== undefined;
      return isKnown ? set(place, 'resourceGroup', resourceGroup, comment) : noGroup(resourceGroup);
    },

    setTimeout: (place: Place, timeoutSeconds: number | null, comment: Comment): Changed =>
      changeTask<ChangeRefused>(
        stores,
        context,
        place,
        { action: actions.timeoutSeconds, comment },
        (state, { task }) => {
          const problem =
            timeoutSeconds === null ? undefined : timeoutProblem(task, timeoutSeconds);
          if (problem) return err({ code: 'invalid-input', detail: problem });
          return isSame(state.timeoutSeconds, timeoutSeconds)
            ? nothing(`${place.task} has that time-out already`)
            : ok({ ...state, timeoutSeconds: timeoutSeconds ?? undefined });
        },
      ),

    setRetries: (place: Place, retries: TaskState['retries'] | null, comment: Comment) =>
      set(place, 'retries', retries ?? null, comment),

    setDryRun: (place: Place, dryRun: boolean | null, comment: Comment) =>
      set(place, 'dryRun', dryRun, comment),

    undeploy: (place: Place, comment: Comment): Changed<RefusalOf<'undeployTask'>> =>
      changeTask<RefusalOf<'undeployTask'>>(
        stores,
        context,
        place,
        { action: 'undeploy', comment },
        async (state) => {
          if (state.undeployed) return nothing(`${place.task} is undeployed already`);
          const dependants = await dependantsOf(stores, place);
          if (dependants === undefined)
            return err({
              code: 'not-online',
              detail: `${place.workflow} is not online in ${place.env}`,
            });
          if (dependants.length > 0)
            return err({
              code: 'has-dependants',
              detail: `${dependants.join(', ')} wait for ${place.task}; change or undeploy them first`,
              dependants: [...dependants],
            });
          return ok({ ...state, undeployed: { since: clock(), by: context.caller.user } });
        },
      ),
  };
};

type SetField = keyof typeof actions;

/** What an operation is called in the operation log. */
const actions = {
  owner: 'set-owner',
  priority: 'set-priority',
  resourceGroup: 'set-resource-group',
  timeoutSeconds: 'set-timeout',
  retries: 'set-retries',
  dryRun: 'set-dry-run',
} as const satisfies Partial<Record<keyof TaskState, string>>;

const isSame = (before: unknown, after: unknown): boolean =>
  JSON.stringify(before ?? null) === JSON.stringify(after ?? null);

const timeoutProblem = ({ kind, name }: Task, seconds: number): string | undefined => {
  const ceiling = kindTimeouts[kind]?.ceilingSeconds;
  if (ceiling === undefined)
    return `${name} is a ${kind} task: it runs nothing that could time out`;
  return seconds > ceiling
    ? `a ${kind} task may take at most ${ceiling} seconds; ${seconds} is more`
    : undefined;
};
