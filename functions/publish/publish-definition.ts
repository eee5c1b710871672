import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import {
  newWorkflow,
  publishVersion,
  setOnline,
  setTiming,
  type WorkflowFacts,
} from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { graphOf } from '../../shared/domain/workflow/graph.ts';
import { namedDocuments } from '../../shared/domain/workflow/named-documents.ts';
import { triggerOf } from '../../shared/domain/workflow/trigger-of.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import { upstreamWorkflows } from './known-of.ts';
import type { PublishStores } from './publish-stores.ts';

export type Publication = {
  readonly project: string;
  readonly definition: WorkflowDefinition;
  /** Environments in which the version goes online; none: publish only. */
  readonly online: readonly Env[];
  readonly by: string;
  readonly note?: string | undefined;
};

const tries = 5;

/**
 * Stores a checked definition as an immutable version and flips the pointer: the content first, where nobody reads it,
 * then the record and the head of the version in one transaction. The same definition again makes no new version.
 */
export const publishDefinition = async (
  { catalog, clock, announce }: Pick<PublishStores, 'catalog' | 'clock' | 'announce'>,
  { project, definition, online, by, note }: Publication,
): Promise<Result<WorkflowRecord, 'changed-meanwhile'>> => {
  const { workflow, tasks } = definition;
  const { edges, levels } = graphOf(definition);
  const content = await catalog.putContent(project, definition, { edges, levels });
  await catalog.putUses({ project, workflow }, namedDocuments(definition));
  const facts = factsOf(definition, project);

  for (let attempt = 0; attempt < tries; attempt += 1) {
    const at = clock();
    const before = await catalog.findWorkflow(project, workflow);
    const published = publishVersion(
      before ?? newWorkflow({ project, workflow }, facts, at),
      facts,
      { content, at, by, note, tasks: tasks.length, periodic: isPeriodic(definition) },
    );
    const record = online.reduce((each, env) => putOnline(each, env, at), published);
    const saved = await catalog.saveVersion(record, before?.rev);
    if (!saved.ok) continue;
    await putBack({ catalog }, saved.value, definition, online);
    await announce(online.flatMap((env) => publishedEvent(saved.value, env, by, at)));
    return ok(saved.value);
  }
  return err('changed-meanwhile');
};

/** Announced again when a caller repeats the call because it had no answer: the id is a function of the version. */
const publishedEvent = (
  { project, workflow, latest }: WorkflowRecord,
  env: Env,
  actor: string,
  at: Instant,
): EventOut[] =>
  latest
    ? [
        {
          type: 'Definition Published',
          detail: {
            schemaVersion: 1,
            id: `${env}~${project}~${workflow}#${latest.version}`,
            ...{ at, env, project, workflow, actor },
            version: latest.version,
          },
        },
      ]
    : [];

/**
 * Pins the newest version. The first time that an environment gets the workflow its timing goes on, so that publishing
 * is all it takes; afterwards timing stays as operators left it.
 */
const putOnline = (record: WorkflowRecord, env: Env, at: Instant): WorkflowRecord => {
  const isFirst = record.pins[env] === undefined;
  const pinned = setOnline(record, env, record.latest, { at });
  if (!pinned.ok) return record;
  if (!isFirst || !record.latest?.periodic) return pinned.value;
  const timed = setTiming(pinned.value, env, 'ON', { at });
  return timed.ok ? timed.value : pinned.value;
};

/** What the record says of its definition. */
export const factsOf = (definition: WorkflowDefinition, project: string): WorkflowFacts => ({
  description: definition.description,
  owner: definition.owner,
  tags: definition.tags,
  dependsOn: [...upstreamWorkflows(definition, project)],
});

const isPeriodic = (definition: WorkflowDefinition): boolean =>
  definition.tasks.some((task) => triggerOf(task, definition) === 'recurring');

/** A task that was undeployed is back once a version that has it goes online. */
const putBack = async (
  { catalog }: Pick<PublishStores, 'catalog'>,
  { project, workflow }: WorkflowRecord,
  { tasks }: WorkflowDefinition,
  online: readonly Env[],
): Promise<void> => {
  const names = new Set(tasks.map(({ name }) => name));
  for (const env of online)
    for (const state of await catalog.taskStatesOf(env, project, workflow))
      if (state.undeployed && names.has(state.task))
        await catalog.saveTaskState({ ...state, undeployed: undefined }, state.rev);
};
