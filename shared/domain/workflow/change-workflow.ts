import type { Env } from '../kernel/key.schema.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { WorkflowState } from './definition.schema.ts';
import type { Pin, VersionSummary, WorkflowRecord } from './workflow-record.schema.ts';

/** A change that the lifecycle forbids: the API answers 409 with this reason. */
export type WorkflowRefused = {
  readonly reason:
    | 'not-published'
    | 'not-online'
    | 'not-periodic'
    | 'still-online'
    | 'runs-active'
    | 'has-dependants';
  readonly message: string;
};

type Changed = Result<WorkflowRecord, WorkflowRefused>;
type ByWhom = { readonly at: Instant; readonly by: string };

/** What the definition says about its workflow; follows the newest draft or version. */
export type WorkflowFacts = Pick<WorkflowRecord, 'description' | 'owner' | 'tags' | 'dependsOn'>;

const historyKept = 50;

/** A workflow that nobody has published yet. */
export const newWorkflow = (
  { project, workflow }: Pick<WorkflowRecord, 'project' | 'workflow'>,
  facts: WorkflowFacts,
  at: Instant,
): WorkflowRecord => ({
  project,
  workflow,
  ...facts,
  pins: {},
  createdAt: at,
  updatedAt: at,
  rev: 1,
});

/** Notes that a draft was saved. What is pinned goes on as it is (W16). */
export const saveDraft = (
  record: WorkflowRecord,
  facts: WorkflowFacts,
  { at, by }: ByWhom,
): WorkflowRecord => edited(record, at, { ...facts, draft: { at, by }, deletedAt: undefined });

/**
 * The record with one version more; it goes online by a step of its own. A definition equal to the newest version makes
 * none, so that publishing twice is publishing once.
 */
export const publishVersion = (
  record: WorkflowRecord,
  facts: WorkflowFacts,
  summary: Omit<VersionSummary, 'version'>,
): WorkflowRecord =>
  record.latest?.content === summary.content && !record.deletedAt
    ? edited(record, summary.at, { draft: undefined })
    : edited(record, summary.at, {
        ...facts,
        latest: { ...summary, version: (record.latest?.version ?? 0) + 1 },
        draft: undefined,
        deletedAt: undefined,
      });

/**
 * Pins `version` in an environment. Timing stays as it was while the new version can be timed (W16), else it goes off.
 * Refused without a published version: a draft cannot go online (W13).
 */
export const setOnline = (
  record: WorkflowRecord,
  env: Env,
  version: VersionSummary | undefined,
  { at }: Pick<ByWhom, 'at'>,
): Changed => {
  if (!version || !record.latest || version.version > record.latest.version || record.deletedAt)
    return err({
      reason: 'not-published',
      message: `${record.workflow} has no such published version; publish it before it goes online`,
    });
  const timing = version.periodic ? (record.pins[env]?.timing ?? 'OFF') : 'OFF';
  const { version: number, content, periodic } = version;
  return ok(pinned(record, env, { version: number, timing, content, periodic }, at));
};

/** Takes a workflow out of an environment; its timing goes off, its runs go on (W15). */
export const setOffline = (
  record: WorkflowRecord,
  env: Env,
  { at }: Pick<ByWhom, 'at'>,
): Changed =>
  isOnline(record, env)
    ? ok(pinned(record, env, { version: 0, timing: 'OFF', content: '', periodic: false }, at))
    : err(notOnline(record, env));

/** Switches generation by the clock on or off. Needs an online version (W13) with a schedule (W14). */
export const setTiming = (
  record: WorkflowRecord,
  env: Env,
  timing: Pin['timing'],
  { at }: Pick<ByWhom, 'at'>,
): Changed => {
  const pin = record.pins[env];
  if (!pin || pin.version === 0) return err(notOnline(record, env));
  if (timing === 'ON' && !pin.periodic)
    return err({
      reason: 'not-periodic',
      message: `version ${pin.version} of ${record.workflow} has no schedule; publish one that has`,
    });
  return ok(pinned(record, env, { ...pin, timing }, at));
};

/** Deletes a workflow that nothing runs and nobody waits for (W18). Publishing it again brings it back. */
export const deleteWorkflow = (
  record: WorkflowRecord,
  {
    activeRuns,
    dependants,
    at,
  }: { readonly activeRuns: number; readonly dependants: readonly string[]; readonly at: Instant },
): Changed => {
  const refuse = (reason: WorkflowRefused['reason'], message: string) => err({ reason, message });

  if (isOnline(record, 'prod') || isOnline(record, 'dev'))
    return refuse('still-online', `${record.workflow} is online; take it offline first`);
  if (activeRuns > 0)
    return refuse(
      'runs-active',
      `${record.workflow} has ${activeRuns} active runs; stop them first`,
    );
  if (dependants.length > 0)
    return refuse('has-dependants', `${dependants.join(', ')} depend on ${record.workflow}`);
  return ok(edited(record, at, { deletedAt: at, draft: undefined }));
};

/** What was online at an instant: the last change at or before it. Undefined while it was offline. */
export const pinAt = (
  record: Pick<WorkflowRecord, 'pins'>,
  env: Env,
  instant: Instant,
): { readonly version: number; readonly timing: Pin['timing'] } | undefined => {
  const last = record.pins[env]?.history.findLast(({ at }) => at <= instant);
  return last && last.version > 0 ? { version: last.version, timing: last.timing } : undefined;
};

/** The three axes as screens show them. */
export const workflowStateOf = (record: WorkflowRecord, env: Env): WorkflowState => {
  const pin = record.pins[env];
  const online = isOnline(record, env);
  const latestVersion = record.latest?.version ?? 0;
  return {
    publish: latestVersion === 0 ? 'DRAFT' : record.draft ? 'MODIFIED' : 'PUBLISHED',
    online: online ? 'ONLINE' : 'OFFLINE',
    timing: pin?.timing ?? 'OFF',
    version: online && pin ? pin.version : latestVersion,
    latestVersion,
  };
};

const isOnline = (record: WorkflowRecord, env: Env): boolean =>
  (record.pins[env]?.version ?? 0) > 0;

const notOnline = ({ workflow }: WorkflowRecord, env: Env): WorkflowRefused => ({
  reason: 'not-online',
  message: `${workflow} is not online in ${env}; put a published version online first`,
});

const edited = (
  record: WorkflowRecord,
  at: Instant,
  fields: Partial<WorkflowRecord>,
): WorkflowRecord => ({ ...record, ...fields, updatedAt: at });

const pinned = (
  record: WorkflowRecord,
  env: Env,
  { version, timing, content, periodic }: Omit<Pin, 'history'>,
  at: Instant,
): WorkflowRecord => {
  const before = record.pins[env];
  if (before && before.version === version && before.timing === timing) return record;
  const history = [...(before?.history ?? []), { version, timing, at }].slice(-historyKept);
  return edited(record, at, {
    pins: { ...record.pins, [env]: { version, timing, content, periodic, history } },
  });
};
