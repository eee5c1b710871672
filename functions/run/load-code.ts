import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
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

/** The gate has looked at the same records a moment ago; that long an answer of the catalog may be old. */
const freshSeconds = 2;

/**
 * The code of an instance: that of the version which is online now, or, where the workflow was taken offline, of the
 * version that the instance was made from, because its run goes on (W15). Undefined when the project, the workflow or
 * the task is gone (N12).
 */
export const loadCode = (catalog: CatalogStore, clock: Clock) => {
  const brief = { seconds: freshSeconds, clock };
  const forGood = { seconds: Number.POSITIVE_INFINITY, clock };
  const keyed = <V>(
    find: (...parts: string[]) => Promise<V | undefined>,
    time: typeof brief,
  ): ((...parts: string[]) => Promise<V | undefined>) => {
    const remembered = remember((key) => find(...(JSON.parse(key) as string[])), time);
    return (...parts) => remembered(JSON.stringify(parts));
  };

  const projectOf = keyed((name = '') => catalog.findProject(name), brief);
  const workflowOf = keyed((project = '', flow = '') => catalog.findWorkflow(project, flow), brief);
  const stateOf = keyed(
    (env, project = '', flow = '', task = '') =>
      catalog.findTaskState(env === 'dev' ? 'dev' : 'prod', project, flow, task),
    brief,
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
    { env, project, workflow, task, version }: Instance,
    atVersion?: number | undefined,
  ): Promise<Code | undefined> => {
    const [owner, record, state] = await Promise.all([
      projectOf(project),
      workflowOf(project, workflow),
      stateOf(env, project, workflow, task),
    ]);
    if (!owner || !record || record.deletedAt || state?.undeployed) return undefined;

    const pin = record.pins[env];
    const online = pin && pin.version > 0 ? pin : undefined;
    const wanted = atVersion ?? online?.version ?? version;
    const content =
      online?.version === wanted
        ? online.content
        : (await versionOf(project, workflow, String(wanted)))?.content;
    if (!content) return undefined;

    const [found, head] = await Promise.all([
      taskOf(project, workflow, content, task),
      headOf(project, workflow, content),
    ]);
    if (!found || !head) return undefined;
    return { version: wanted, task: found, workflowParameters: head.parameters, project: owner };
  };
};
