import type { DatasetRef, WorkRequest } from '../../shared/contracts/stages.ts';
import type { Backfill } from '../../shared/domain/backfill/backfill.schema.ts';
import { parametersOf } from '../../shared/domain/backfill/parameters-of.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { isSecretName } from '../../shared/domain/log/secret-name.ts';
import { referencesOf } from '../../shared/domain/parameter/parse-template.ts';
import { resolveParameters } from '../../shared/domain/parameter/resolve-parameters.ts';
import type { Values } from '../../shared/domain/parameter/substitute.ts';
import {
  type StartParameters,
  startParametersOf,
} from '../../shared/domain/run/start-parameters.ts';
import type { Code } from '../admission/load-code.ts';
import { remember } from '../edge/remember.ts';
import type { Clock } from '../edge/system-clock.ts';
import { maskable } from '../engines/mask-secrets.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { requestOf } from './request-of.ts';
import type { RunLog } from './run-log.ts';

export type PrepareDeps = {
  readonly instances: InstanceStore;
  readonly catalog: CatalogStore;
  readonly clock: Clock;
};

export type PreparedAttempt = {
  readonly request: WorkRequest;
  /** Values of parameters that are secrets by their name. */
  readonly secrets: readonly string[];
};

/** Resolves the parameters of an attempt and fills them into its work; the error is a sentence for the run log. */
export const prepareAttempt = (deps: PrepareDeps) => {
  // What a run was started with never changes, nor does a backfill that has instances.
  const startedWith = remember<string, StartParameters>(
    async (runId) => {
      const request = await deps.instances.findRequest(runId);
      return request?.kind === 'start' ? request : undefined;
    },
    { seconds: Number.POSITIVE_INFINITY, clock: deps.clock },
  );
  const filledBy = remember<string, Backfill>((scope) => deps.instances.findBackfill(scope), {
    seconds: Number.POSITIVE_INFINITY,
    clock: deps.clock,
  });

  return async (
    instance: Instance,
    code: Code,
    log: RunLog,
  ): Promise<Result<PreparedAttempt, string>> => {
    const { task, workflowParameters, project } = code;
    const [overrides, datasets] = await Promise.all([
      overridesOf({ startedWith, filledBy }, instance),
      datasetsOf(deps, instance),
    ]);
    const named = { ...workflowParameters, ...task.parameters, ...overrides };
    const values = resolveParameters({
      ...instance,
      dueAt: instance.plannedAt ?? instance.dueAt,
      instanceId: instance.id,
      run: instance.runId,
      zone: project.zone,
      workflowParameters,
      taskParameters: task.parameters,
      overrides,
      outputs: await upstreamOutputs(deps, instance, [task, named]),
    });
    if (!values.ok)
      return err(
        values.error.map(({ parameter, message }) => `${parameter}: ${message}`).join('; '),
      );

    const names = Object.keys(named);
    logValues(names, values.value, log);
    const { allowHosts } = project;
    const request = requestOf({ instance, task, values: values.value, allowHosts, datasets });
    if (!request.ok) return request;

    const secrets = names.filter(isSecretName).flatMap((name) => values.value[name] ?? []);
    return ok({ request: request.value, secrets: maskable(secrets) });
  };
};

type Given = {
  readonly startedWith: (runId: string) => Promise<StartParameters | undefined>;
  readonly filledBy: (scope: string) => Promise<Backfill | undefined>;
};

/** A manual run, whose request bears its id, and a backfill may come with parameters of their own. */
const overridesOf = async (
  { startedWith, filledBy }: Given,
  instance: Instance,
): Promise<Values> => {
  if (instance.family === 'manual')
    return startParametersOf(await startedWith(instance.runId), instance.task);
  const backfill = instance.family === 'backfill' ? await filledBy(instance.scope) : undefined;
  return backfill ? parametersOf(backfill, instance) : {};
};

const datasetsOf = async (
  { catalog }: PrepareDeps,
  { kind, project }: Instance,
): Promise<readonly DatasetRef[]> => {
  if (kind !== 'sql' && kind !== 'check') return [];
  const all = await catalog.allDatasets(project);
  return all.map(({ name, location, format }) => ({ name, location, format }));
};

/** Read only where something asks for them. Of several cycles of one upstream the last that gave a value counts. */
const upstreamOutputs = async (
  { instances }: PrepareDeps,
  { id }: Instance,
  texts: unknown,
): Promise<Readonly<Record<string, Values>>> => {
  const wanted = referencesOf(JSON.stringify(texts)).flatMap((reference) =>
    reference.kind === 'output' ? [reference.task] : [],
  );
  if (wanted.length === 0) return {};

  const parents = (await instances.parentsOf(id)).filter((parent) =>
    wanted.includes(parseInstanceId(parent)?.task ?? ''),
  );
  const outputs = await instances.outputsOf(parents);
  return Object.fromEntries(
    [...outputs]
      .toSorted(([a], [b]) => cycleOf(a) - cycleOf(b))
      .map(([parent, given]) => [parseInstanceId(parent)?.task ?? '', given]),
  );
};

const cycleOf = (instanceId: string): number => parseInstanceId(instanceId)?.index ?? 0;

const logValues = (names: readonly string[], values: Values, log: RunLog): void => {
  if (names.length === 0) return;
  const shown = names.map((name) => `${name}=${isSecretName(name) ? '***' : values[name]}`);
  log.add('INFO', 'resolve', shown.join(', '));
};
