import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import { remember } from '../edge/remember.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** What an attempt executes, and where. */
export type Code = {
  readonly version: number;
  readonly task: Task;
  readonly workflowParameters: Readonly<Record<string, string>>;
  readonly project: Project;
};

/** What the catalog says about a task now. `code` is missing when the project, the workflow or the task is gone (N12). */
export type CurrentCode = {
  readonly code?: Code | undefined;
  readonly paused?: TaskState['paused'];
  /** What operators set for the task. */
  readonly set?: TaskState | undefined;
};

/** How long a project and the pins of a workflow may be old ones: which version an attempt runs is settled by its claim. */
const pinSeconds = 2;

/**
 * The code of an instance: that of the version which is online now, or, where the workflow was taken offline, of the
 * version that the instance was made from, because its run goes on (W15). A pinned one always runs the latter (W63). `freshSeconds` is how old the answer about a
 * pause may be: nothing for the gate, a moment for the claim that follows it. Published content never changes and is
 * kept for good.
 */
export const loadCode = (
  catalog: CatalogStore,
  { clock, freshSeconds }: { readonly clock: Clock; readonly freshSeconds: number },
) => {
  const keyed = <V>(
    find: (...parts: string[]) => Promise<V | undefined>,
    seconds: number,
  ): ((...parts: string[]) => Promise<V | undefined>) => {
    const remembered = remember((key) => find(...(JSON.parse(key) as string[])), {
      seconds,
      clock,
    });
    return (...parts) => remembered(JSON.stringify(parts));
  };
  const forGood = Number.POSITIVE_INFINITY;

  const projectOf = keyed((name = '') => catalog.findProject(name), pinSeconds);
  const workflowOf = keyed(
    (project = '', flow = '') => catalog.findWorkflow(project, flow),
    pinSeconds,
  );
  const stateOf = keyed(
    (env, project = '', flow = '', task = '') =>
      catalog.findTaskState(env === 'dev' ? 'dev' : 'prod', project, flow, task),
    freshSeconds,
  );
  const versionOf = keyed(
    (project = '', flow = '', version = '') => catalog.findVersion(project, flow, Number(version)),
    forGood,
  );
  const taskOf = keyed(
    (project = '', workflow = '', content = '', task = '') =>
      catalog.taskOf({ project, workflow, content }, task),
    forGood,
  );
  const headOf = keyed(
    (project = '', workflow = '', content = '') =>
      catalog.definitionHeadOf({ project, workflow, content }),
    forGood,
  );

  /** `atVersion` asks for the code of an attempt that has been claimed already. */
  return async (
    { env, project, workflow, task, version, pinned }: Instance,
    atVersion?: number | undefined,
  ): Promise<CurrentCode> => {
    const [owner, record, state] = await Promise.all([
      projectOf(project),
      workflowOf(project, workflow),
      stateOf(env, project, workflow, task),
    ]);
    const paused = state?.paused;
    if (!owner || !record || record.deletedAt || state?.undeployed) return { paused };

    const pin = record.pins[env];
    const online = pin && pin.version > 0 ? pin : undefined;
    const wanted = atVersion ?? (pinned ? version : (online?.version ?? version));
    const content =
      online?.version === wanted
        ? online.content
        : (await versionOf(project, workflow, String(wanted)))?.content;
    if (!content) return { paused };

    const [found, head] = await Promise.all([
      taskOf(project, workflow, content, task),
      headOf(project, workflow, content),
    ]);
    if (!found || !head) return { paused };
    return {
      paused,
      set: state,
      code: {
        version: wanted,
        task: found,
        workflowParameters: head.parameters,
        project: owner,
      },
    };
  };
};
