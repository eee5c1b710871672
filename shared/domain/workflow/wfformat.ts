import type * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Problem, WorkflowDefinition } from './definition.schema.ts';
import { findCycles, type GraphEdge } from './find-cycles.ts';
import { buildGraph, criticalPathSeconds } from './graph.ts';
import { problemsOfIssues } from './problems-of-issues.ts';
import type { Task } from './task.schema.ts';
import { validateDefinition } from './validate-definition.ts';
import { WfFormat } from './wfformat.schema.ts';

export type WfImport = {
  /** Name of the workflow to be. */
  readonly workflow: Key;
  /** `wait` takes the recorded time, `http` asks somebody else to, `noop` takes none. Default `wait`. */
  readonly kind?: 'wait' | 'http' | 'noop' | undefined;
  /** Recorded seconds are divided by it. Default 1. */
  readonly speed?: number | undefined;
  /** Where `http` tasks post to. */
  readonly url?: string | undefined;
};

/** The definition and its figures; `criticalPathSeconds` are recorded seconds, not divided by the speed. */
export type WfImported = {
  readonly definition: WorkflowDefinition;
  readonly tasks: number;
  readonly edges: number;
  readonly depth: number;
  readonly width: number;
  readonly criticalPathSeconds: number;
};

/**
 * Makes a workflow without schedule out of a decoded WfFormat 1.5 file. `http` tasks post `{"workflow", "run", "task",
 * "attempt", "seconds"}` with the WfFormat id as `task`; they are retried soon and often, also when an attempt was lost,
 * so the other side must expect a post more than once.
 */
export const importWfFormat = (
  input: unknown,
  { workflow, kind = 'wait', speed = 1, url }: WfImport,
): Result<WfImported, readonly Problem[]> => {
  if (kind === 'http' && !url)
    return err([
      { path: 'url', code: 'url-missing', message: 'url is missing; http tasks post to it' },
    ]);
  if (!(speed > 0))
    return err([{ path: 'speed', code: 'speed', message: 'speed must be a number above 0' }]);

  const parsed = WfFormat.safeParse(input);
  if (!parsed.success) return err(problemsOfIssues(parsed.error.issues));
  const tasks = parsed.data.workflow.specification.tasks;
  const recorded = new Map(
    parsed.data.workflow.execution.tasks.map((task) => [task.id, task.runtimeInSeconds]),
  );
  const ids = tasks.map(({ id }) => id);
  const edges = edgesOf(tasks);
  const problems = problemsIn(ids, edges, recorded);
  if (problems.length > 0) return err(problems);

  const graph = buildGraph(ids, edges);
  const keys = keysFor(ids);
  const definition = validateDefinition({
    workflow,
    description: 'Imported from a WfFormat 1.5 file',
    tasks: ids.map((id) => ({
      name: keys.get(id),
      description: id,
      upstreams: (graph.parents.get(id) ?? []).map((parent) => keys.get(parent)),
      ...workOf(id, (recorded.get(id) ?? 0) / speed, { kind, url, workflow }),
    })),
  });
  if (!definition.ok) return definition;

  return ok({
    definition: definition.value,
    tasks: ids.length,
    edges: graph.edges.length,
    depth: graph.depth,
    width: graph.width,
    criticalPathSeconds: toMilliseconds(criticalPathSeconds(graph, (id) => recorded.get(id) ?? 0)),
  });
};

type WfTask = WfFormat['workflow']['specification']['tasks'][number];

/** Both ends may name an edge; naming it twice is one edge. */
const edgesOf = (tasks: readonly WfTask[]): readonly GraphEdge[] =>
  tasks.flatMap(({ id, parents, children }) => [
    ...parents.map((from) => ({ from, to: id })),
    ...children.map((to) => ({ from: id, to })),
  ]);

const problemsIn = (
  ids: readonly string[],
  edges: readonly GraphEdge[],
  recorded: ReadonlyMap<string, number>,
): readonly Problem[] => {
  const known = new Map<string, number>();
  const at = (id: string) => `workflow.specification.tasks[${ids.indexOf(id)}]`;
  const problems: Problem[] = [];

  for (const [i, id] of ids.entries()) {
    if (known.has(id))
      problems.push({
        path: `workflow.specification.tasks[${i}].id`,
        code: 'duplicate-task',
        message: `id ${id} is taken by tasks[${known.get(id)}]`,
      });
    else known.set(id, i);
    if (!recorded.has(id))
      problems.push({
        path: 'workflow.execution.tasks',
        code: 'no-runtime',
        message: `runtimeInSeconds of ${id} is missing`,
      });
  }
  for (const { from, to } of edges) {
    if (!known.has(from))
      problems.push({
        path: `${at(to)}.parents`,
        code: 'unknown-upstream',
        message: `parent ${from} is no task of this file`,
      });
    if (!known.has(to))
      problems.push({
        path: `${at(from)}.children`,
        code: 'unknown-downstream',
        message: `child ${to} is no task of this file`,
      });
  }
  for (const cycle of findCycles([...known.keys()], edges))
    problems.push({
      path: at(cycle[0] ?? ''),
      code: 'cycle',
      message: `tasks wait for each other: ${[...cycle, cycle[0]].join(' → ')}`,
    });
  return problems;
};

const workOf = (
  id: string,
  seconds: number,
  { kind, url, workflow }: Pick<WfImport, 'kind' | 'url' | 'workflow'>,
): Partial<z.input<typeof Task>> => {
  if (kind === 'noop') return { kind };
  if (kind !== 'http') return { kind: 'wait', seconds };
  return {
    kind,
    method: 'POST',
    url: url ?? '',
    body: {
      workflow,
      run: '${run}',
      task: id.replaceAll('$', () => '$$'),
      attempt: '${attempt}',
      seconds,
    },
    retries: { count: 3, intervalSeconds: 1, onTimeout: true, onLost: true },
    // The default of a minute is too short for whoever sleeps as long as the task once took.
    ...(seconds > 30 ? { timeoutSeconds: Math.min(840, Math.ceil(seconds) + 60) } : {}),
  };
};

/** Ids that are Keys keep their name; each other one gets a name made of its beginning and a hash of the whole. */
const keysFor = (ids: readonly string[]): ReadonlyMap<string, Key> => {
  const keys = new Map(ids.filter((id) => Key.safeParse(id).success).map((id) => [id, id]));
  const taken = new Set(keys.values());
  for (const id of ids) {
    if (keys.has(id)) continue;
    const start = id
      .replaceAll(/[^A-Za-z0-9_.-]/g, '_')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 55);
    let salt = 0;
    let key = `${start || 'task'}_${hashOf(id)}`;
    while (taken.has(key)) {
      salt += 1;
      key = `${start || 'task'}_${hashOf(`${id} ${salt}`)}`;
    }
    taken.add(key);
    keys.set(id, key);
  }
  return keys;
};

/** FNV-1a, 32 bits, as 8 hexadecimal digits: the same on every machine. */
const hashOf = (text: string): string => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
};

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;
