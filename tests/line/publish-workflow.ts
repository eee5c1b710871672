import type { CatalogStore } from '../../functions/stores/catalog-store.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import {
  newWorkflow,
  publishVersion,
  setOnline,
  setTiming,
} from '../../shared/domain/workflow/change-workflow.ts';
import { dependenciesOf } from '../../shared/domain/workflow/dependencies-of.ts';
import { aWorkflow, type WorkflowInput } from '../../shared/testing/a-workflow.ts';

export type PublishOptions = {
  readonly project?: string;
  readonly env?: Env;
  readonly timing?: 'ON' | 'OFF';
};

/** Publishes a definition, puts it online and switches its timing on, all at `at`. */
export const publishWorkflow = async (
  catalog: CatalogStore,
  fields: WorkflowInput,
  at: Instant,
  { project = 'p', env = 'prod', timing = 'ON' }: PublishOptions = {},
): Promise<void> => {
  const definition = aWorkflow(fields);
  const { workflow, tags, tasks } = definition;
  const dependsOn = dependenciesOf(definition).flatMap((up) =>
    up.workflow ? [`${up.project ?? project}/${up.workflow}`] : [],
  );
  const facts = { tags, dependsOn: [...new Set(dependsOn)] };
  const stored = await catalog.findWorkflow(project, workflow);
  const content = await catalog.putContent(project, definition, {});
  const periodic = definition.schedule !== undefined || tasks.some(({ schedule }) => schedule);
  const summary = { content, at, by: 'ann', tasks: tasks.length, periodic };
  const record = publishVersion(
    stored ?? newWorkflow({ project, workflow }, facts, at),
    facts,
    summary,
  );
  const online = setOnline(record, env, record.latest, { at });
  if (!online.ok) throw new Error(online.error.message);
  const timed = periodic ? setTiming(online.value, env, timing, { at }) : online;
  if (!timed.ok) throw new Error(timed.error.message);
  const saved = await catalog.saveVersion(timed.value, stored?.rev);
  if (!saved.ok) throw new Error(`not published: ${saved.error}`);
};
