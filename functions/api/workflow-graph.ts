import type { WorkflowNode } from '../../shared/contracts/api/schedule-routes.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { nextOccurrences } from '../../shared/domain/schedule/next-occurrences.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { dependenciesOf } from '../../shared/domain/workflow/dependencies-of.ts';
import { scheduleOf, triggerOf } from '../../shared/domain/workflow/trigger-of.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiWork } from '../edge/api-route.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import type { ApiStores } from './api-stores.ts';
import { exactRun } from './exact-run.ts';
import { noWorkflow } from './read-workflows.ts';

type Env = 'prod' | 'dev';

/** How a workflow depends on others: per upstream and kind, how many dependencies of its tasks. */
type Link = {
  readonly from: string;
  readonly kind: 'same-cycle' | 'cross-cycle';
  readonly tasks: number;
};
type Picture = { readonly links: readonly Link[]; readonly cycle: WorkflowNode['cycle'] };
type Edge = Link & { readonly to: string };

/** A picture of more workflows than this is no picture. */
const mostNodes = 200;
const kept = 2_000;

/** The workflows around one by what is online, else newest; of projects without a role only that they are there (W23). */
export const getWorkflowGraph = (
  { catalog, instances, clock }: ApiStores,
  definitions: DefinitionCache,
): ApiWork<'getWorkflowGraph'> => {
  const pictures = new Map<string, Picture>();
  const exact = exactRun({ catalog, instances, definitions });

  const pictureOf = async (record: WorkflowRecord, env: Env): Promise<Picture> => {
    const { project, workflow } = record;
    const content = record.pins[env]?.content || record.latest?.content;
    if (content === undefined) return nothing;
    const key = `${project}/${workflow}/${content}`;
    const before = pictures.get(key);
    if (before) return before;
    const definition = await catalog.definitionOf({ project, workflow, content });
    if (!definition) return nothing;
    const picture = { links: linksOf(definition, project), cycle: cycleOf(definition) };
    if (pictures.size >= kept) pictures.clear();
    pictures.set(key, picture);
    return picture;
  };

  const find = (id: string) => {
    const [project = '', workflow = ''] = id.split('/');
    return catalog.findWorkflow(project, workflow);
  };

  return async ({ params, query: { env, up, down } }, context) => {
    const record = await catalog.findWorkflow(params.project, params.workflow);
    if (!record || record.deletedAt) return noWorkflow(params);
    const root = `${params.project}/${params.workflow}`;
    const records = new Map<string, WorkflowRecord | undefined>([[root, record]]);
    const levels = new Map([[root, 0]]);
    const edges = new Map<string, Edge>();
    let cut = false;

    const recordOf = async (id: string): Promise<WorkflowRecord | undefined> => {
      if (!records.has(id)) records.set(id, await find(id));
      const found = records.get(id);
      return found?.deletedAt ? undefined : found;
    };
    const maySee = async (id: string) =>
      rankOfRole(await context.roleIn(id.slice(0, id.indexOf('/')))) > 0;
    const add = (edge: Edge, node: string, level: number): boolean => {
      if (!levels.has(node) && levels.size >= mostNodes) {
        cut = true;
        return false;
      }
      const isNew = !levels.has(node);
      if (isNew) levels.set(node, level);
      edges.set(`${edge.from} ${edge.to} ${edge.kind}`, edge);
      return isNew;
    };

    // What lies behind a project that the caller may not see is not looked at.
    const above = async (id: string, level: number): Promise<string[]> => {
      const of = (await maySee(id)) ? await recordOf(id) : undefined;
      if (!of) return [];
      const { links } = await pictureOf(of, env);
      return links.flatMap((link) =>
        add({ ...link, to: id }, link.from, -level) ? link.from : [],
      );
    };
    const below = async (id: string, level: number): Promise<string[]> => {
      if (!(await maySee(id))) return [];
      const [project = '', workflow = ''] = id.split('/');
      const next: string[] = [];
      for (const child of await catalog.dependantsOf(project, workflow)) {
        const of = await recordOf(child);
        const links = of ? (await pictureOf(of, env)).links : [];
        for (const link of links)
          if (link.from === id && add({ ...link, to: child }, child, level)) next.push(child);
      }
      return next;
    };
    await walk(root, up, above);
    await walk(root, down, below);

    const now = clock();
    const node = async ([id, level]: [string, number]): Promise<WorkflowNode> => {
      const [project = '', workflow = ''] = id.split('/');
      const place = { id, project, workflow, level };
      const dark = { ...place, cycle: 'manual', online: false, timing: false } as const;
      if (!(await maySee(id))) return { ...dark, hidden: true, exists: true };
      const found = await recordOf(id);
      if (!found) return { ...dark, hidden: false, exists: false };

      const pin = found.pins[env];
      const timing = pin !== undefined && pin.version > 0 && pin.timing === 'ON';
      const [picture, runs, of, head] = await Promise.all([
        pictureOf(found, env),
        instances.listRuns({ env, of: { project, workflow }, to: now, limit: 1 }),
        catalog.findProject(project),
        pin?.content ? definitions.headOf(project, workflow, pin.content) : undefined,
      ]);
      const last = runs.items[0] && (await exact(runs.items[0]));
      const [next] =
        timing && head?.schedule && of
          ? nextOccurrences(head.schedule, { zone: of.zone, dst: of.dst, from: now, count: 1 })
          : [];
      return {
        ...place,
        ...{ hidden: false, exists: true, timing },
        online: (pin?.version ?? 0) > 0,
        owner: found.owner,
        cycle: picture.cycle,
        nextFireAt: next?.at,
        lastRun: last && { run: last.run, status: last.status, bizDate: last.bizDate },
      };
    };
    return ok({
      nodes: await Promise.all([...levels].map(node)),
      edges: [...edges.values()].map(({ from, to, kind, tasks }) => ({ from, to, kind, tasks })),
      cut,
    });
  };
};

const nothing: Picture = { links: [], cycle: 'manual' };

/** Level by level: `step` answers the new nodes beside one. */
const walk = async (
  start: string,
  levels: number,
  step: (id: string, level: number) => Promise<readonly string[]>,
): Promise<void> => {
  let front: readonly string[] = [start];
  for (let level = 1; level <= levels && front.length > 0; level += 1) {
    const next: string[] = [];
    for (const id of front) next.push(...(await step(id, level)));
    front = next;
  }
};

const linksOf = (definition: WorkflowDefinition, project: string): readonly Link[] => {
  const links = new Map<string, Link>();
  for (const { workflow, project: other, crossCycle } of dependenciesOf(definition)) {
    if (workflow === undefined) continue;
    const from = `${other ?? project}/${workflow}`;
    const kind = crossCycle ? 'cross-cycle' : 'same-cycle';
    const tasks = (links.get(`${from} ${kind}`)?.tasks ?? 0) + 1;
    links.set(`${from} ${kind}`, { from, kind, tasks });
  }
  return [...links.values()];
};

/** The form of its schedules; `mixed` when they have several. */
const cycleOf = (definition: WorkflowDefinition): WorkflowNode['cycle'] => {
  const forms = new Set(
    definition.tasks.flatMap((task) =>
      triggerOf(task, definition) === 'recurring'
        ? (scheduleOf(task, definition)?.every ?? [])
        : [],
    ),
  );
  const [first] = forms;
  return first === undefined ? 'manual' : forms.size > 1 ? 'mixed' : first;
};
