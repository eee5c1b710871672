import type { RunView } from '../../shared/contracts/api/run-view.ts';
import { cyclesOf } from '../../shared/domain/generation/task-cycles.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { instanceIdOf, parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { graphOf } from '../../shared/domain/workflow/graph.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import type { ReadStores } from './api-stores.ts';
import { exactRun } from './exact-run.ts';
import { noRun } from './read-runs.ts';
import { noWorkflow } from './read-workflows.ts';

/** The tasks of a workflow against its last runs, and how long its tasks take. Reads only the cells that are asked for. */
export const readRunViews = (
  { catalog, instances, views, clock }: ReadStores,
  definitions: DefinitionCache,
): Pick<ApiHandlers<'read'>, 'getWorkflowGrid' | 'getRunDurations'> => {
  const exact = exactRun({ catalog, instances, definitions });

  return {
    async getWorkflowGrid({ params, query: { env, runs: most, from, limit } }) {
      const { project, workflow } = params;
      const [record, of] = await Promise.all([
        catalog.findWorkflow(project, workflow),
        catalog.findProject(project),
      ]);
      if (!record || record.deletedAt || !of) return noWorkflow(params);
      const content = record.pins[env]?.content || record.latest?.content;
      const definition = content && (await catalog.definitionOf({ project, workflow, content }));
      if (!definition)
        return err({ code: 'not-published', detail: `${workflow} was never published` });

      const listed = await instances.listRuns({ env, of: params, to: clock(), limit: most });
      const runs = (await Promise.all(listed.items.map(exact))).toReversed();
      const kinds = new Map(definition.tasks.map(({ name, kind }) => [name, kind]));
      const order = graphOf(definition).order;
      const tasks = order.slice(from, from + limit);
      const cellsOf = idsIn(definition, { env, project, zone: of.zone, dst: of.dst });
      const ids = tasks.map((task) => runs.map((run) => cellsOf(task, run)));
      const found = await instances.findMany(ids.flat(2));

      return ok({
        runs: runs.map(({ run, status, bizDate, cycle, family, dueAt, startedAt, endedAt }) => ({
          ...{ run, status, bizDate, cycle, family, dueAt, startedAt, endedAt },
        })),
        total: order.length,
        tasks: tasks.map((task, row) => ({
          task,
          kind: kinds.get(task) ?? '',
          cells: (ids[row] ?? []).map((cell) => cellOf(cell.flatMap((id) => found.get(id) ?? []))),
        })),
      });
    },

    async getRunDurations({ params }) {
      const ref = parseRunId(params.run);
      if (!ref) return noRun(params.run);
      const tasks = [
        ...new Set((await instances.ofRun(params.run)).map((instance) => instance.task)),
      ];
      if (tasks.length === 0 && !(await instances.findRun(params.run))) return noRun(params.run);
      const { env, project, workflow } = ref;
      const found = await views.findDurations(
        tasks.map((task) => ({ env, project, workflow, task })),
      );
      return ok({
        items: tasks.flatMap((task, n) => {
          const each = found[n];
          if (!each) return [];
          const { count, sumSeconds, maxSeconds } = each;
          return [{ task, count, maxSeconds, meanSeconds: sumSeconds / count }];
        }),
      });
    },
  };
};

type Place = Pick<Parameters<typeof cyclesOf>[0], 'env' | 'project' | 'zone' | 'dst'>;

/** The ids that the instances of a task have in a run: one, or one for each time of its own. */
const idsIn = (definition: WorkflowDefinition, place: Place) => {
  const cycles = cyclesOf({ ...place, definition, timing: 'ON' });
  return (task: string, { run, family, bizDate, cycle }: RunView): readonly string[] => {
    const ref = parseRunId(run);
    if (!ref) return [];
    const own = family === 'recurring' ? (cycles(task)?.on(bizDate) ?? []) : [];
    const indexes = own.filter((each) => each.run === cycle).map(({ index }) => index);
    return (indexes.length > 0 ? indexes : [1]).map((index) =>
      instanceIdOf({ ...ref, task, index }),
    );
  };
};

/** What needs most attention stands for all instances of a cell. */
const attention: readonly Instance['status'][] = [
  'FAILED',
  'RUNNING',
  'SUBMITTED',
  'THROTTLED',
  'WAIT_RESOURCE',
  'WAIT_TIME',
  'NOT_RUN',
  'SUCCESS',
];

const cellOf = (all: readonly Instance[]) => {
  const [first] = all.toSorted((a, b) => attention.indexOf(a.status) - attention.indexOf(b.status));
  if (!first) return null;
  const { id, status, outcome } = first;
  return { instance: id, status, outcome, count: all.length };
};
