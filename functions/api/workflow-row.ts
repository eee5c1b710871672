import type { WorkflowRow } from '../../shared/contracts/api/workflow-routes.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import { nextOccurrences } from '../../shared/domain/schedule/next-occurrences.ts';
import { workflowStateOf } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { exactRun } from './exact-run.ts';

type Deps = {
  readonly instances: InstanceStore;
  readonly definitions: DefinitionCache;
  readonly exact: ReturnType<typeof exactRun>;
};

/** Runs behind a row: the small chart of a list. */
const runsShown = 14;

/** A workflow as lists show it: its state, when it fires next and how its last runs went. */
export const workflowRow =
  ({ instances, definitions, exact }: Deps) =>
  async (
    record: WorkflowRecord,
    env: Env,
    { zone, dst }: Pick<Project, 'zone' | 'dst'>,
    now: Instant,
  ): Promise<WorkflowRow> => {
    const { project, workflow, latest } = record;
    const state = workflowStateOf(record, env);
    const online = state.online === 'ONLINE' ? record.pins[env] : undefined;
    const content = online?.content ?? latest?.content;
    const [head, runs] = await Promise.all([
      content === undefined ? undefined : definitions.headOf(project, workflow, content),
      // A day is generated ahead: runs that are not due yet are no past.
      instances.listRuns({ env, of: { project, workflow }, to: now, limit: runsShown }),
    ]);
    const recentRuns = await Promise.all(runs.items.map(exact));
    const marks = recentRuns.map(({ run, status, bizDate, dueAt, startedAt, endedAt }) => ({
      ...{ run, status, bizDate, dueAt: dueAt ?? '' },
      startedAt: startedAt ?? undefined,
      endedAt: endedAt ?? undefined,
    }));
    const [next] =
      head?.schedule && state.timing === 'ON'
        ? nextOccurrences(head.schedule, { zone, dst, from: now, count: 1 })
        : [];

    return {
      id: `${project}/${workflow}`,
      ...{ project, workflow, env, state },
      description: record.description,
      owner: record.owner,
      tags: record.tags,
      periodic: online?.periodic ?? latest?.periodic ?? false,
      schedule: head?.schedule,
      tasks: latest?.tasks ?? 0,
      nextFireAt: next?.at,
      lastRun: marks[0],
      recentRuns: marks,
      updatedAt: record.updatedAt,
      rev: record.rev,
    };
  };
