import type { ActiveHold } from '../hold/holds-of.ts';
import type { Instance } from '../instance/instance.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { usedOf } from '../pool/choose-stripe.ts';
import type { PoolState } from '../pool/pool.schema.ts';
import type { Blocker, BlockerCode } from './decision.schema.ts';
import type { OpenParent, World } from './world.ts';

/** The pauses and holds that keep an instance: its own, its task's and those of the catalog; each must end (N44). */
export const explainPaused = (
  instance: Instance,
  { task, holds, now }: World,
): readonly Blocker[] => {
  const own = instance.moves.findLast(({ move }) => move === 'pause') ?? instance.moves.at(0);
  const blockers: Blocker[] = [];

  if (instance.paused)
    blockers.push({
      step: 'paused',
      code: 'instance-paused',
      since: own?.at ?? instance.dueAt,
      holder: `this instance, paused by ${own?.actor ?? 'somebody'}${own?.reason ? `: ${own.reason}` : ''}`,
      clearsAt: null,
      action: 'resume this instance',
    });
  if (task.paused)
    blockers.push({
      step: 'paused',
      code: 'task-paused',
      since: task.paused.since,
      holder: `task ${instance.task}, paused by ${task.paused.by}${task.paused.reason ? `: ${task.paused.reason}` : ''}`,
      clearsAt: null,
      action: 'resume the task',
    });
  const { held } = instance;
  if (held && (held.until === undefined || held.until > now))
    blockers.push({
      step: 'paused',
      code: 'instance-held',
      since: held.since,
      holder: `this instance, held by ${held.by}${held.reason ? `: ${held.reason}` : ''}`,
      clearsAt: held.until ?? null,
      action: 'release this instance',
    });
  return [...blockers, ...holds.map(explainHold)];
};

const holdCodes = {
  task: 'task-held',
  workflow: 'workflow-held',
  project: 'project-held',
  pool: 'pool-held',
  everything: 'frozen',
} as const;

const explainHold = ({ hold, since, clearsAt }: ActiveHold): Blocker => ({
  step: 'paused',
  code: holdCodes[hold.target.kind],
  since,
  holder: `${hold.purpose} of ${targetText(hold)} by ${hold.by}: ${hold.reason}`,
  clearsAt: clearsAt ?? null,
  action: hold.purpose === 'freeze' ? 'thaw it' : 'lift the hold',
  hold: hold.id,
});

const targetText = ({ target }: ActiveHold['hold']): string => {
  switch (target.kind) {
    case 'everything':
      return 'everything';
    case 'pool':
      return target.pool;
    case 'project':
      return `project ${target.project}`;
    case 'workflow':
      return `workflow ${target.project}/${target.workflow}`;
    case 'task':
      return `task ${target.project}/${target.workflow}/${target.task}`;
  }
};

export const explainApproval = (
  { askedAt }: Instance,
  { now, task }: Pick<World, 'now' | 'task'>,
): Blocker => ({
  step: 'time',
  code: 'approval-pending',
  since: askedAt ?? now,
  holder: `a person who approves or rejects${task.work?.kind === 'approval' && task.work.question ? `: ${task.work.question}` : ''}`,
  clearsAt: null,
  action: 'approve or reject it',
});

export const explainParent = (instance: Instance, parent: OpenParent, now: Instant): Blocker => {
  const code = parentCode(parent);
  return {
    step: 'upstream',
    code,
    since: parent.since ?? bornAt(instance) ?? now,
    holder: `${parent.task} (${parent.status ?? 'not generated'}${parent.paused ? ', paused' : ''})`,
    clearsAt: personMustAct.has(code) ? null : (parent.expectedEndAt ?? null),
    action: parentAction[code] ?? 'wait for it',
    instance: parent.id,
  };
};

export const explainTime = (
  instance: Pick<Instance, 'dueAt' | 'retryAt' | 'waitUntil' | 'moves' | 'autoRetries' | 'retries'>,
  gateAt: Instant,
): Blocker => {
  const code: BlockerCode =
    gateAt === instance.retryAt
      ? 'retry-wait'
      : gateAt === instance.waitUntil
        ? 'wait-task'
        : 'not-due';
  const holders = {
    'retry-wait': `the pause before automatic retry ${instance.autoRetries} of ${instance.retries.count}`,
    'wait-task': 'the time this task waits',
    'not-due': `its due time ${instance.dueAt}`,
  };
  return {
    step: 'time',
    code,
    since: instance.moves.at(-1)?.at ?? instance.dueAt,
    holder: holders[code],
    clearsAt: gateAt,
    action: 'nothing: it starts by itself then',
  };
};

export const explainPool = (
  instance: Instance,
  pool: PoolState,
  { now, holders }: World,
): Blocker => {
  const held = holders[pool.id] ?? [];
  const queuedAt = instance.waitingFor === pool.id ? instance.moves.at(-1)?.at : undefined;
  const ends = held.flatMap(({ expectedEndAt }) => expectedEndAt ?? []).toSorted();
  const what = pool.kind === 'throttle' ? 'throttling rule' : 'resource group';
  const used = usedOf(pool);
  const code: BlockerCode =
    pool.limit === 0
      ? 'rule-closed'
      : used < pool.limit
        ? 'slot-reserved'
        : pool.kind === 'throttle'
          ? 'rule-full'
          : 'group-full';

  return {
    step: pool.kind,
    code,
    since: queuedAt ?? now,
    holder: `${what} ${pool.name} (${used} of ${pool.limit} slots)${held.length > 0 ? `: ${held.map(({ id }) => id).join(', ')}` : ''}`,
    clearsAt: pool.limit === 0 ? (pool.reopensAt ?? null) : (ends[0] ?? null),
    action: `wait for a slot, raise the limit of ${pool.name}, raise the priority, or terminate a holder`,
    pool: pool.id,
    ...instanceToLookAt(code === 'slot-reserved' ? reservedFor(pool) : held[0]?.id),
  };
};

/** Whoever was passed over too often and is kept a slot for. */
const reservedFor = ({ stripes }: PoolState): string | undefined =>
  stripes.find((stripe) => stripe.reservedFor !== undefined)?.reservedFor;

const instanceToLookAt = (instance: string | undefined): Pick<Blocker, 'instance'> =>
  instance === undefined ? {} : { instance };

const bornAt = ({ moves }: Instance): Instant | undefined => moves.at(0)?.at;

const parentCode = ({ status, paused }: OpenParent): BlockerCode => {
  if (status === undefined) return 'parent-missing';
  if (status === 'FAILED') return 'parent-failed';
  if (status === 'SUCCESS') return 'parent-settling';
  if (status === 'RUNNING' || status === 'SUBMITTED') return 'parent-running';
  return paused ? 'parent-paused' : 'parent-waiting';
};

const personMustAct: ReadonlySet<BlockerCode> = new Set([
  'parent-missing',
  'parent-failed',
  'parent-paused',
]);

const parentAction: Partial<Record<BlockerCode, string>> = {
  'parent-missing':
    'generate the upstream for that business date, or check that its workflow is online',
  'parent-failed': 'rerun the upstream',
  'parent-paused': 'resume the upstream',
  'parent-waiting': 'look at what the upstream waits for',
  'parent-running': 'wait for the upstream to end',
  'parent-settling': 'nothing: it has ended and this instance is being woken',
};
