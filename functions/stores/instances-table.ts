import { backfillOfBarrier } from '../../shared/domain/backfill/date-barrier.ts';
import { gateAtOf } from '../../shared/domain/gate/gate-at.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import {
  instanceIdOf,
  parseInstanceId,
  parseRunId,
  runIdOf,
} from '../../shared/domain/instance/instance-id.ts';
import { isActive, isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { stripeOf } from './stripe.ts';
import type { ItemKey } from './table.ts';

/**
 * Instances table.
 *
 * | access pattern                        | index   | partition key                                | sort key                        |
 * | ------------------------------------- | ------- | -------------------------------------------- | ------------------------------- |
 * | one instance; instances of a run      | main    | RUN#run#0..3                                 | I#task#index                    |
 * | one run                               | main    | RUN#run                                      | RUN                             |
 * | parents of an instance, about ten an item | main | E#instance                                  | EDGE#first of them              |
 * | parents that have not succeeded       | main    | E#instance                                   | OPEN#parent                     |
 * | children of an instance               | main    | E#instance                                   | CHILD#child                     |
 * | outputs of an instance                | main    | E#instance                                   | OUT                             |
 * | attempts of an instance               | main    | A#instance                                   | 000001…                         |
 * | older moves of an instance            | main    | H#instance                                   | seq of the first, 000001…       |
 * | slots of a pool in use                | main    | POOL#env#pool#0..n                           | POOL                            |
 * | a request                             | main    | REQ#id                                       | REQ                             |
 * | manual retries of a run               | main    | RUN#run                                      | RETRY                           |
 * | chunks of a generation                | main    | GEN#generation                               | 0000…                           |
 * | instances of a project-day, by due    | byDay   | D#env#project#family#bizDate#0..7            | dueAt#workflow~task~cycle~index |
 * | runs of a project, by due             | byDay   | R#env#project#0..3                           | dueAt#run                       |
 * | runs of a workflow, by due            | byQueue | W#env#project#workflow                       | dueAt#run                       |
 * | waiting for upstreams, by due         | byQueue | N#0..7                                       | dueAt                           |
 * | of a backfill and waiting for upstreams | byQueue | F#0..7                                     | dueAt                           |
 * | waiting for a time, by that time      | byQueue | T#0..7                                       | gate time                       |
 * | queued for a pool, in its order       | byQueue | P#env#pool#0..1                              | [9] 9-rank dueAt: who yields is last |
 * | paused while waiting, by due          | byQueue | H#0..7                                       | dueAt                           |
 * | submitted or running, by submission   | byQueue | A#0..7                                       | submittedAt                     |
 * | requests that are not done            | byQueue | Q                                            | at                              |
 * | a bulk operation; what was asked; its plan | main | OP#id                                      | OP; ASK#plan, ASK#run; PLAN     |
 * | what its planning found; its items    | main    | OP#id                                        | G#000000…; C#000000…            |
 * | bulk operations to be worked on       | byQueue | O                                            | at                              |
 * | bulk operations, newest first         | byDay   | OPS#0..3                                     | at#id                           |
 * | a backfill; what it was resolved to    | main    | BF#id                                        | BF; PLAN, P#stamp#000000…       |
 * | pending backfills, by submission      | byQueue | B                                            | nextAt#id                       |
 * | backfills of a project, newest first  | byDay   | B#env#project                                | createdAt#id                    |
 * | result that a running attempt reported | main   | REP#instance                                 | RESULT#attempt, 000001…         |
 * | how far it is, by its own word        | main    | REP#instance                                 | PROGRESS                        |
 * | exports of run logs, by person         | main    | LX#user                                      | at~…                            |
 *
 * Both indexes are sparse: an ended instance leaves byQueue, a barrier is never in byDay.
 */
export const instancesTable = {
  instance: (id: string): ItemKey => {
    const ref = refOf(id);
    return {
      pk: instancesTable.runStripe(runIdOf(ref), stripeOf(ref.task, runStripes)),
      sk: `I#${ref.task}#${ref.index}`,
    };
  },
  runStripe: (runId: string, stripe: number) => `RUN#${runId}#${stripe}`,
  run: (runId: string): ItemKey => ({ pk: `RUN#${runId}`, sk: 'RUN' }),
  edgesOf: (instanceId: string) => `E#${instanceId}`,
  edges: (child: string, first: string): ItemKey => ({ pk: `E#${child}`, sk: `EDGE#${first}` }),
  open: (child: string, parent: string): ItemKey => ({ pk: `E#${child}`, sk: `OPEN#${parent}` }),
  child: (parent: string, child: string): ItemKey => ({ pk: `E#${parent}`, sk: `CHILD#${child}` }),
  outputs: (instanceId: string): ItemKey => ({ pk: `E#${instanceId}`, sk: 'OUT' }),
  attempts: (instanceId: string) => `A#${instanceId}`,
  attempt: (instanceId: string, attempt: number): ItemKey => ({
    pk: `A#${instanceId}`,
    sk: padded(attempt),
  }),
  history: (instanceId: string) => `H#${instanceId}`,
  spilled: (instanceId: string, firstSeq: number): ItemKey => ({
    pk: `H#${instanceId}`,
    sk: padded(firstSeq),
  }),
  pool: (env: Env, pool: string, stripe: number): ItemKey => ({
    pk: `POOL#${env}#${pool}#${stripe}`,
    sk: 'POOL',
  }),
  reportedResult: (instanceId: string, attempt: number): ItemKey => ({
    pk: `REP#${instanceId}`,
    sk: `RESULT#${padded(attempt)}`,
  }),
  progress: (instanceId: string): ItemKey => ({ pk: `REP#${instanceId}`, sk: 'PROGRESS' }),
  request: (id: string): ItemKey => ({ pk: `REQ#${id}`, sk: 'REQ' }),
  retries: (runId: string): ItemKey => ({ pk: `RUN#${runId}`, sk: 'RETRY' }),
  generationChunk: (generationId: string, n: number): ItemKey => ({
    pk: `GEN#${generationId}`,
    sk: padded(n),
  }),

  logExports: (user: string) => `LX#${user}`,
  logExport: (user: string, id: string): ItemKey => ({ pk: `LX#${user}`, sk: id }),

  operationOf: (id: string) => `OP#${id}`,
  operation: (id: string): ItemKey => ({ pk: `OP#${id}`, sk: 'OP' }),
  operationAsk: (id: string, phase: 'plan' | 'run'): ItemKey => ({
    pk: `OP#${id}`,
    sk: `ASK#${phase}`,
  }),
  operationPlan: (id: string): ItemKey => ({ pk: `OP#${id}`, sk: 'PLAN' }),
  operationGathered: (id: string, n: number): ItemKey => ({ pk: `OP#${id}`, sk: `G#${padded(n)}` }),
  operationChunk: (id: string, n: number): ItemKey => ({ pk: `OP#${id}`, sk: `C#${padded(n)}` }),

  backfillOf: (id: string) => `BF#${id}`,
  backfill: (id: string): ItemKey => ({ pk: `BF#${id}`, sk: 'BF' }),
  backfillPlan: (id: string): ItemKey => ({ pk: `BF#${id}`, sk: 'PLAN' }),
  backfillPiece: (id: string, stamp: string, n: number): ItemKey => ({
    pk: `BF#${id}`,
    sk: `P#${stamp}#${padded(n)}`,
  }),

  queue: {
    upstream: (stripe: number) => `N#${stripe}`,
    filling: (stripe: number) => `F#${stripe}`,
    time: (stripe: number) => `T#${stripe}`,
    pool: (env: Env, pool: string, stripe: number) => `P#${env}#${pool}#${stripe}`,
    parked: (stripe: number) => `H#${stripe}`,
    active: (stripe: number) => `A#${stripe}`,
    runs: (env: Env, project: string, workflow: string) => `W#${env}#${project}#${workflow}`,
    requests: 'Q',
    operations: 'O',
    backfills: 'B',
  },
  day: {
    instances: (
      { env, project, family, bizDate }: Pick<Instance, 'env' | 'project' | 'family' | 'bizDate'>,
      stripe: number,
    ) => `D#${env}#${project}#${family}#${bizDate}#${stripe}`,
    runs: (env: Env, project: string, stripe: number) => `R#${env}#${project}#${stripe}`,
    operations: (stripe: number) => `OPS#${stripe}`,
    backfills: (env: Env, project: string) => `B#${env}#${project}`,
  },
} as const;

/** Stripes of a run's instances and of a project's runs. */
export const runStripes = 4;
/** Stripes of a pool's queue: every freed slot reads them all, and two take 2,000 moves a second into one queue. */
export const poolQueueStripes = 2;
/** Stripes of the waiting and active queues. */
export const queueStripes = 8;
export const dayStripes = 8;
/** Stripes of the list of bulk operations. */
export const operationListStripes = 4;

/** The queue stripe of an instance: which of the parallel look-ups of dispatch and watch meets it. */
export const queueStripeOf = (instanceId: string): number => stripeOf(instanceId, queueStripes);

/** Where an instance stands in byQueue; nothing once it has ended. */
export const queueKeysOf = (instance: Instance): { qpk?: string; qsk?: string } => {
  const { queue } = instancesTable;
  const stripe = queueStripeOf(instance.id);

  if (isEnded(instance)) return {};
  if (isActive(instance))
    return { qpk: queue.active(stripe), qsk: instance.submittedAt ?? instance.dueAt };
  if (instance.paused || instance.parked) return { qpk: queue.parked(stripe), qsk: instance.dueAt };
  if (instance.status === 'NOT_RUN')
    return {
      qpk: isFilling(instance) ? queue.filling(stripe) : queue.upstream(stripe),
      qsk: instance.dueAt,
    };
  if (instance.status === 'WAIT_TIME' || instance.waitingFor === undefined)
    return { qpk: queue.time(stripe), qsk: gateAtOf(instance) };
  return {
    qpk: queue.pool(instance.env, instance.waitingFor, stripeOf(instance.id, poolQueueStripes)),
    qsk: `${instance.yields ? '9' : ''}${9 - rankOf(instance.priority)}${instance.dueAt}`,
  };
};

/** A large backfill has thousands past due that wait for days of work: they must not hide what is late tonight. */
const isFilling = ({ family, scope }: Instance): boolean =>
  family === 'backfill' || (family === 'barrier' && backfillOfBarrier(scope) !== undefined);

/** Where an instance stands in the lists of its day; barriers are in none. */
export const dayKeysOf = (instance: Instance): { lpk?: string; lsk?: string } => {
  if (instance.family === 'barrier') return {};
  const { dueAt, workflow, task, cycle, index, scope } = instance;
  return {
    lpk: instancesTable.day.instances(instance, stripeOf(instance.id, dayStripes)),
    lsk: `${dueAt}#${workflow}~${task}~${cycle}~${index}${scope === '' ? '' : `~${scope}`}`,
  };
};

export const runKeysOf = ({ runId, env, project, workflow, dueAt }: Run) => ({
  lpk: instancesTable.day.runs(env, project, stripeOf(runId, runStripes)),
  lsk: `${dueAt}#${runId}`,
  qpk: instancesTable.queue.runs(env, project, workflow),
  qsk: `${dueAt}#${runId}`,
});

/** The instance id that a key names; undefined when the item is no instance. */
export const instanceIdOfKey = ({ pk, sk }: ItemKey): string | undefined => {
  const [, runId, task, index] = /^RUN#(.+)#\d+\nI#([^#]+)#(\d+)$/.exec(`${pk}\n${sk}`) ?? [];
  const ref = runId === undefined ? undefined : parseRunId(runId);
  if (!ref || task === undefined) return undefined;
  return instanceIdOf({ ...ref, task, index: Number(index) });
};

/** The bulk operation and its phase that a key asks for; undefined when it asks for none. */
export const askedOperation = ({
  pk,
  sk,
}: ItemKey): { readonly operationId: string; readonly phase: 'plan' | 'run' } | undefined => {
  if (!pk.startsWith('OP#') || !sk.startsWith('ASK#')) return undefined;
  return { operationId: pk.slice('OP#'.length), phase: sk === 'ASK#run' ? 'run' : 'plan' };
};

/** Numbers as sort keys: six digits. */
export const padded = (n: number): string => String(n).padStart(6, '0');

const refOf = (id: string) => {
  const ref = parseInstanceId(id);
  if (!ref) throw new Fault('InputInvalid', 'not an instance id', { id });
  return ref;
};

/** The export that a new item asks for; undefined of any other key. */
export const askedExport = ({
  pk,
  sk,
}: ItemKey): { readonly by: string; readonly id: string } | undefined =>
  pk.startsWith('LX#') ? { by: pk.slice('LX#'.length), id: sk } : undefined;
