import { Instance, type Move, Status } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Retries } from '../../shared/domain/workflow/task.schema.ts';
import { dayKeysOf, instanceIdOfKey, instancesTable, queueKeysOf } from './instances-table.ts';
import type { Item, ItemKey } from './table.ts';

/** Part of the id, so read from the key and not stored twice. */
type FromKey =
  | 'id'
  | 'runId'
  | 'env'
  | 'project'
  | 'workflow'
  | 'task'
  | 'family'
  | 'scope'
  | 'bizDate'
  | 'cycle'
  | 'index';

/** Written in a form of their own. */
type Packed = 'retries' | 'slots' | 'moves' | 'expiresAt';

/**
 * Attribute names are short because an instance is written about five times and must stay within one write unit (1 KB).
 * A field that is missing here does not compile, so none is lost.
 */
const nameOf = {
  kind: 'kd',
  version: 'ver',
  dueAt: 'due',
  plannedAt: 'pla',
  pinned: 'pin',
  priority: 'pri',
  resourceGroup: 'grp',
  timeoutSeconds: 'tmo',
  empty: 'emp',
  joins: 'jo',
  status: 'st',
  outcome: 'oc',
  paused: 'pau',
  parked: 'prk',
  held: 'hld',
  forced: 'frc',
  askedAt: 'ask',
  undo: 'und',
  overlap: 'ovl',
  previousRun: 'prv',
  nextDueAt: 'nxt',
  yields: 'yld',
  stopping: 'sto',
  seq: 'seq',
  attempt: 'att',
  autoRetries: 'aut',
  token: 'tok',
  codeVersion: 'cod',
  retryAt: 'rty',
  waitUntil: 'wai',
  submittedAt: 'sub',
  startedAt: 'sta',
  endedAt: 'end',
  deadlineAt: 'dea',
  waitingFor: 'wfo',
  passedOver: 'pas',
  taken: 'tkn',
  error: 'err',
  usage: 'usg',
  wrote: 'wro',
} as const satisfies Record<Exclude<keyof Instance, FromKey | Packed>, string>;

const fields = Object.entries(nameOf) as [keyof typeof nameOf, string][];

/** How many moves stay in the item. The oldest ten leave together, so spilling is rare. */
const movesKept = 20;
const spillSize = 10;

export type InstanceItem = Item & ItemKey;

/**
 * The item of an instance. `spilled` are the moves that no longer fit; they go to a history item in the same
 * transaction. `retentionDays` counts from the end of the instance.
 */
export const itemOfInstance = (
  instance: Instance,
  retentionDays: number,
): { readonly item: InstanceItem; readonly spilled: readonly Move[] } => {
  const spill = instance.moves.length > movesKept ? spillSize : 0;
  const item: InstanceItem = {
    ...instancesTable.instance(instance.id),
    ...queueKeysOf(instance),
    ...dayKeysOf(instance),
    v: 1,
    rtr: packRetries(instance.retries),
    mov: instance.moves.slice(spill).map(packMove),
  };
  for (const [field, name] of fields)
    if (instance[field] !== undefined) item[name] = instance[field];
  if (instance.slots.length > 0)
    item.slt = instance.slots.map(({ pool, stripe }) => `${pool}#${stripe}`);
  if (isEnded(instance) && instance.endedAt)
    item.expiresAt = Math.floor(Date.parse(instance.endedAt) / 1000) + retentionDays * 86_400;

  return { item, spilled: instance.moves.slice(0, spill) };
};

/** The instance of a stored item or a stream image (unmarshalled). Fault 'RecordInvalid' when it is none. */
export const instanceOfItem = (stored: Item): Instance => {
  const item = upgraded(stored);
  const id = instanceIdOfKey({ pk: String(item.pk), sk: String(item.sk) });
  const ref = id === undefined ? undefined : parseInstanceId(id);
  if (!ref || id === undefined) throw unreadable(item, 'its key names no instance');

  const { family, scope, bizDate, cycle, env, project, workflow, task, index } = ref;
  const instance: Record<string, unknown> = {
    id,
    runId: runIdOf(ref),
    ...{ env, project, workflow, task, family, scope, bizDate, cycle, index },
    retries: unpackRetries(String(item.rtr)),
    slots: textsOf(item.slt).map(unpackSlot),
    moves: unpackMoves(textsOf(item.mov), Number(item.seq)),
    expiresAt: item.expiresAt,
  };
  for (const [field, name] of fields) if (item[name] !== undefined) instance[field] = item[name];

  const parsed = Instance.safeParse(instance);
  if (!parsed.success) throw unreadable(item, parsed.error.message);
  return parsed.data;
};

/** Items of older versions come out as the newest; there is one version so far. */
const upgraded = (item: Item): Item => {
  if (item.v !== 1) throw unreadable(item, `version ${String(item.v)} is newer than this code`);
  return item;
};

const unreadable = ({ pk, sk }: Item, why: string) =>
  new Fault('RecordInvalid', `instance item not readable: ${why}`, {
    pk: String(pk),
    sk: String(sk),
  });

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

const packRetries = ({ count, intervalSeconds, onTimeout, onLost }: Retries): string =>
  [count, intervalSeconds, Number(onTimeout), Number(onLost)].join(',');

const unpackRetries = (text: string): Retries => {
  const [count = Number.NaN, intervalSeconds = Number.NaN, onTimeout, onLost] = text
    .split(',')
    .map(Number);
  return { count, intervalSeconds, onTimeout: onTimeout === 1, onLost: onLost === 1 };
};

const unpackSlot = (text: string) => {
  const at = text.lastIndexOf('#');
  return { pool: text.slice(0, at), stripe: Number(text.slice(at + 1)) };
};

/** Statuses as single letters, in the order of the schema, which therefore only grows at its end. */
const letters = 'NTHQSROF';
const letterOf = (status: Status | undefined): string =>
  status === undefined ? '-' : (letters[Status.options.indexOf(status)] ?? '?');
const statusOf = (letter: string | undefined): Status | undefined =>
  letter === undefined || letter === '-' ? undefined : Status.options[letters.indexOf(letter)];

/**
 * `move from+to[:operation] time actor reason`, tab-separated, time in milliseconds to the base 36. The seq follows from
 * the place.
 */
export const packMove = ({ move, from, to, at, actor, reason, operation }: Move): string =>
  [
    move,
    `${letterOf(from)}${letterOf(to)}${operation === undefined ? '' : `:${operation}`}`,
    Date.parse(at).toString(36),
    actor,
    ...(reason === undefined ? [] : [reason]),
  ].join('\t');

/** The moves whose last one has `lastSeq`. */
export const unpackMoves = (texts: readonly string[], lastSeq: number): Move[] =>
  texts.map((text, place) => {
    const [move = '', statuses = '', at = '', actor = '', ...reason] = text.split('\t');
    return {
      seq: lastSeq - texts.length + 1 + place,
      move,
      from: statusOf(statuses[0]),
      to: statusOf(statuses[1]) ?? 'NOT_RUN',
      at: isoOf(Number.parseInt(at, 36)),
      actor,
      ...(reason.length > 0 ? { reason: reason.join('\t') } : {}),
      ...(statuses.length > 3 ? { operation: statuses.slice(3) } : {}),
    };
  });
