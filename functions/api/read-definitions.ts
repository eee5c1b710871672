import { err, ok } from '../../shared/domain/kernel/result.ts';
import { nextOccurrences } from '../../shared/domain/schedule/next-occurrences.ts';
import { readSchedule } from '../../shared/domain/schedule/read-schedule.ts';
import { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { dependenciesOf } from '../../shared/domain/workflow/dependencies-of.ts';
import { diffDefinitions } from '../../shared/domain/workflow/diff-definitions.ts';
import { graphOf } from '../../shared/domain/workflow/graph.ts';
import { addressOf, addressText } from '../../shared/domain/workflow/task-address.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { ApiStores } from './api-stores.ts';
import { noWorkflow } from './read-workflows.ts';

type Reads = Pick<
  ApiHandlers<'read'>,
  'getDefinition' | 'getGraph' | 'diffVersions' | 'previewWorkflow' | 'previewSchedule'
>;

/** What was published, and what a schedule makes of it. */
export const readDefinitions = ({ catalog, clock }: ApiStores): Reads => ({
  async getDefinition({ params, query: { env, version } }) {
    const record = await catalog.findWorkflow(params.project, params.workflow);
    if (!record || record.deletedAt) return noWorkflow(params);
    if (version === 'draft') {
      const draft = record.draft && (await catalog.findDraft(params.project, params.workflow));
      const definition = WorkflowDefinition.safeParse(draft);
      return definition.success
        ? ok({ definition: definition.data, rev: record.rev })
        : err({ code: 'no-draft', detail: `${params.workflow} has no draft` });
    }

    const number = numberOf(record, env, version);
    if (number === undefined) return notThere(record, env, version);
    const definition = await versionOf(catalog, record, number);
    if (!definition) return noVersion(record, number);
    return ok({ version: number, definition, rev: record.rev });
  },

  async getGraph({ params, query: { env, version } }) {
    const record = await catalog.findWorkflow(params.project, params.workflow);
    if (!record || record.deletedAt) return noWorkflow(params);
    const number = numberOf(record, env, version);
    if (number === undefined) return notThere(record, env, version);
    const definition = await versionOf(catalog, record, number);
    if (!definition) return noVersion(record, number);
    return ok({ version: number, ...pictureOf(definition, params.project) });
  },

  async diffVersions({ params, query: { from, to } }) {
    const record = await catalog.findWorkflow(params.project, params.workflow);
    if (!record || record.deletedAt) return noWorkflow(params);
    const before = await versionOf(catalog, record, from);
    if (!before) return noVersion(record, from);
    const after = await versionOf(catalog, record, to);
    if (!after) return noVersion(record, to);
    const { workflow, added, removed, changed } = diffDefinitions(before, after);
    return ok({
      ...{ from, to },
      workflow: [...workflow],
      added: [...added],
      removed: [...removed],
      changed: changed.map(({ task, fields }) => ({ task, fields: [...fields] })),
    });
  },

  async previewWorkflow({ params, query: { env, from, count } }) {
    const [record, project] = await Promise.all([
      catalog.findWorkflow(params.project, params.workflow),
      catalog.findProject(params.project),
    ]);
    if (!record || record.deletedAt || !project) return noWorkflow(params);
    const content = record.pins[env]?.content || record.latest?.content;
    const head = content ? await catalog.definitionHeadOf({ ...params, content }) : undefined;
    if (!head?.schedule)
      return err({
        code: 'not-periodic',
        detail: `${params.workflow} has no schedule of its own; its tasks may have`,
      });
    const { zone, dst } = project;
    const occurrences = nextOccurrences(head.schedule, { zone, dst, from: from ?? clock(), count });
    return ok({ occurrences: [...occurrences], zone, dst });
  },

  async previewSchedule({ body: { schedule, zone, dst, from, count } }) {
    const pattern = readSchedule(schedule);
    if (!pattern.ok) {
      const { field, message } = pattern.error;
      return err({
        code: 'schedule-invalid',
        detail: message,
        errors: [{ path: `body.schedule.${field}`, code: 'schedule', message }],
      });
    }
    const query = { zone, dst, from: from ?? clock(), count };
    return ok({ occurrences: [...nextOccurrences(pattern.value, query)] });
  },
});

type Wanted = number | 'online' | 'latest';

const numberOf = (record: WorkflowRecord, env: 'prod' | 'dev', wanted: Wanted) => {
  if (wanted === 'latest') return record.latest?.version;
  return wanted === 'online' ? record.pins[env]?.version || undefined : wanted;
};

const notThere = ({ workflow }: WorkflowRecord, env: 'prod' | 'dev', wanted: Wanted) =>
  wanted === 'online'
    ? err({ code: 'not-online', detail: `${workflow} is not online in ${env}` } as const)
    : err({
        code: 'version-not-found',
        detail: `${workflow} has no published version yet`,
      } as const);

export const noVersion = ({ workflow }: Pick<WorkflowRecord, 'workflow'>, version: number) =>
  err({ code: 'version-not-found', detail: `${workflow} has no version ${version}` } as const);

const versionOf = async (
  catalog: CatalogStore,
  { project, workflow }: WorkflowRecord,
  version: number,
): Promise<WorkflowDefinition | undefined> => {
  const summary = await catalog.findVersion(project, workflow, version);
  return summary && catalog.definitionOf({ project, workflow, content: summary.content });
};

const pictureOf = (definition: WorkflowDefinition, project: string) => {
  const { levels, depth, width } = graphOf(definition);
  const levelOf = new Map(levels.flatMap((names, level) => names.map((name) => [name, level])));
  return {
    depth,
    width,
    tasks: definition.tasks.map(({ name, kind, description }) => ({
      ...{ task: name, kind, description },
      level: levelOf.get(name) ?? 0,
    })),
    edges: dependenciesOf(definition).map((dependency) => ({
      from:
        dependency.workflow === undefined
          ? dependency.task
          : addressText(addressOf(dependency, definition, { project })),
      to: dependency.child,
      crossCycle: dependency.crossCycle,
    })),
  };
};
