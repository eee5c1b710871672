import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import { remember } from '../edge/remember.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { TellRules } from '../stores/tell-rules.ts';

/** What matching rules looks up. A change of a rule counts everywhere within `rememberedSeconds`. */
export type TellWorld = {
  readonly rulesOf: (project: string) => Promise<TellRules>;
  readonly workflowOf: (project: string, workflow: string) => Promise<WorkflowRecord | undefined>;
  /** Owner of the task as operators set it, else as its version says, else of its workflow: a user. */
  readonly ownerOf: (instance: Instance) => Promise<string | undefined>;
  readonly zoneOf: (project: string) => Promise<string>;
};

type Deps = {
  readonly catalog: Pick<
    CatalogStore,
    | 'rulesOf'
    | 'findWorkflow'
    | 'findVersion'
    | 'taskOf'
    | 'definitionHeadOf'
    | 'findTaskState'
    | 'findProject'
  >;
  readonly clock: Clock;
};

/** How long an answer is used again: an attempt without rules costs no request of its own. */
const rememberedSeconds = 5;

const none: TellRules = { notifications: [], alerts: [] };

export const tellWorld = ({ catalog, clock }: Deps): TellWorld => {
  const memory = { seconds: rememberedSeconds, clock };
  const rules = remember((project: string) => catalog.rulesOf(project), memory);
  const projects = remember((project: string) => catalog.findProject(project), memory);
  const workflows = remember((address: string) => {
    const [project = '', workflow = ''] = address.split('/');
    return catalog.findWorkflow(project, workflow);
  }, memory);

  const owners = remember(async (address: string) => {
    const [env, project = '', workflow = '', version, task = ''] = address.split('/');
    const state = await catalog.findTaskState(
      env === 'dev' ? 'dev' : 'prod',
      project,
      workflow,
      task,
    );
    if (state?.owner !== undefined) return state.owner;
    const content = (await catalog.findVersion(project, workflow, Number(version)))?.content;
    if (content === undefined) return undefined;
    const ref = { project, workflow, content };
    return (await catalog.taskOf(ref, task))?.owner ?? (await catalog.definitionHeadOf(ref))?.owner;
  }, memory);

  return {
    rulesOf: async (project) => (await rules(project)) ?? none,
    workflowOf: (project, workflow) => workflows(`${project}/${workflow}`),
    ownerOf: ({ env, project, workflow, version, task }) =>
      owners([env, project, workflow, version, task].join('/')),
    zoneOf: async (project) => (await projects(project))?.zone ?? 'UTC',
  };
};
