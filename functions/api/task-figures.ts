import type { TaskListRow, TaskRow } from '../../shared/contracts/api/task-view.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import { nextOccurrences } from '../../shared/domain/schedule/next-occurrences.ts';
import type { Schedule } from '../../shared/domain/schedule/schedule.schema.ts';
import { addressText } from '../../shared/domain/workflow/task-address.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { ApiStores } from './api-stores.ts';
import { onlineVersion, shownVersion } from './find-task.ts';
import { lastInstances } from './last-instances.ts';
import { type TaskMap, type TaskMaps, waitingFor } from './task-maps.ts';

/** Workflows whose tasks are counted as downstreams of one workflow. */
const dependantsLookedAt = 50;
const atOnce = 8;

/** Completes the rows of a page: neighbours in the graph, next due time, last instance. */
export const taskFigures = ({ catalog, instances }: ApiStores, maps: TaskMaps) => {
  const mapOf = async (env: Env, name: string, wanted: typeof shownVersion) => {
    const [project = '', workflow = ''] = name.split('/');
    const record = await catalog.findWorkflow(project, workflow);
    const version = record && wanted(record, env);
    const map = version && (await maps({ project, workflow, content: version.content }));
    return map && record && { map, timing: record.pins[env]?.timing ?? 'OFF' };
  };

  return async (
    env: Env,
    rows: readonly TaskRow[],
    projects: readonly Project[],
    now: Instant,
  ): Promise<TaskListRow[]> => {
    const around = new Map<string, Around>();
    await inParallel([...new Set(rows.map(workflowOf))], atOnce, async (name) => {
      const [project = '', workflow = ''] = name.split('/');
      const [own, dependants] = await Promise.all([
        mapOf(env, name, shownVersion),
        catalog.dependantsOf(project, workflow),
      ]);
      const below = await Promise.all(
        dependants
          .filter((other) => other !== name)
          .slice(0, dependantsLookedAt)
          .map((other) => mapOf(env, other, onlineVersion)),
      );
      around.set(name, { ...own, below: below.flatMap((each) => each?.map ?? []) });
    });
    const hasOwnTimes = (row: TaskRow) =>
      row.trigger === 'recurring' &&
      around.get(workflowOf(row))?.map?.tasks.get(row.task)?.schedule !== undefined;
    const last = await lastInstances(instances, env, rows, now, hasOwnTimes);
    const nextDue = nextDueAt(projects, now);

    return rows.map((row) => {
      const { map, timing, below } = around.get(workflowOf(row)) ?? { below: [] };
      const address = addressText(row);
      const isTimed = row.trigger === 'recurring' && row.online && row.deployed && timing === 'ON';
      const parents = (map?.above.get(address) ?? []).filter(({ from }) => from !== address);
      return {
        ...row,
        nextDueAt: isTimed && row.schedule ? nextDue(row.project, row.schedule) : undefined,
        upstreamCount: new Set(parents.map(({ from }) => from)).size,
        downstreamCount: [...(map ? [map] : []), ...below].reduce(
          (sum, each) => sum + waitingFor(each, row).length,
          0,
        ),
        lastInstance: last.get(row.id),
      };
    });
  };
};

type Around = {
  readonly map?: TaskMap;
  readonly timing?: 'ON' | 'OFF';
  readonly below: readonly TaskMap[];
};

const workflowOf = ({ project, workflow }: TaskRow): string => `${project}/${workflow}`;

/** Next fire of a schedule in the zone of a project; tasks of one workflow mostly share theirs, so each is computed once. */
const nextDueAt = (projects: readonly Project[], now: Instant) => {
  const known = new Map<string, Instant | undefined>();
  return (project: string, schedule: Schedule): Instant | undefined => {
    const key = `${project} ${JSON.stringify(schedule)}`;
    if (known.has(key)) return known.get(key);
    const { zone, dst } = projects.find(({ name }) => name === project) ?? utc;
    const next = nextOccurrences(schedule, { zone, dst, from: now, count: 1 })[0]?.at;
    known.set(key, next);
    return next;
  };
};

const utc = { zone: 'UTC', dst: 'shift' } as const;
