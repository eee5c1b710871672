import type { Key } from '../../shared/domain/kernel/key.schema.ts';
import type { Zone } from '../../shared/domain/kernel/time.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { ViewStore } from '../stores/views-store.ts';
import type { DefinitionHead } from '../stores/workflows.ts';
import { taskKeyOf } from './expected-ends.ts';
import type { CurrentTask, GateCatalog, Limits, TaskRef } from './gate-catalog.ts';
import { remembered } from './remembered.ts';

/** How long limits and zones are remembered: an edit holds within a minute (nodes-and-instances 8.1). */
const rememberMs = 2_000;

type Stores = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly views: Pick<ViewStore, 'findDurations'>;
};

/**
 * The gate's view of the catalog. What a person may switch (pin, pause) is read each time; published definitions never
 * change, so they are kept for as long as the process lives.
 */
export const gateCatalogOf = ({ catalog, instances, views }: Stores): GateCatalog => {
  const limits = remembered(rememberMs, async (_: 'all'): Promise<Limits> => {
    const [rules, groups] = await Promise.all([catalog.allRules(), catalog.allGroups()]);
    return { rules, groups };
  });
  const zoneOf = remembered(rememberMs, async (project: Key): Promise<Zone> => {
    return (await catalog.findProject(project))?.zone ?? 'UTC';
  });
  const definitions = new Map<string, { readonly head?: DefinitionHead; readonly task?: Task }>();

  const definitionOf = async ({ project, workflow, task }: TaskRef, content: string) => {
    const key = `${project}/${workflow}/${content}/${task}`;
    const known = definitions.get(key);
    if (known) return known;
    const ref = { project, workflow, content };
    const [head, work] = await Promise.all([
      catalog.definitionHeadOf(ref),
      catalog.taskOf(ref, task),
    ]);
    const found = { head, task: work };
    definitions.set(key, found);
    return found;
  };

  return {
    limits: () => limits('all'),

    async currentTask(ref: TaskRef): Promise<CurrentTask> {
      const { env, project, workflow, task } = ref;
      const [record, state, zone] = await Promise.all([
        catalog.findWorkflow(project, workflow),
        catalog.findTaskState(env, project, workflow, task),
        zoneOf(project),
      ]);
      const pin = record?.pins[env];
      const online = pin && pin.version > 0 && !state?.undeployed ? pin : undefined;
      const { head, task: work } = online ? await definitionOf(ref, online.content) : {};
      return {
        paused: state?.paused,
        task: work,
        version: online?.version,
        workflowParameters: head?.parameters ?? {},
        zone,
      };
    },

    async expectedSeconds(refs) {
      const found = await views.findDurations(refs);
      return new Map(
        refs.flatMap((ref, n): [string, number][] => {
          const durations = found[n];
          return durations ? [[taskKeyOf(ref), durations.sumSeconds / durations.count]] : [];
        }),
      );
    },

    async startParameters(runId) {
      const request = await instances.findRequest(runId);
      return request?.kind === 'start' ? request.parameters : {};
    },
  };
};
