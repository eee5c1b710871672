import type { Plan, PlannedInstance } from '../../shared/domain/generation/plan.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { RequestResult } from '../../shared/domain/run/request.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

export type Birth = {
  readonly at: Instant;
  readonly actor: string;
  /** Names the generation in the history of what it creates: what was created by it is counted once, whoever asks again. */
  readonly generationId: string;
};

const atOnce = 24;

/**
 * Creates what is missing of a plan: edges first, then each parent is read and the edges to those that have succeeded are
 * closed, then the instances, whose put is the seal. Whichever of a parent's end and a child's birth comes second sees
 * the other: release closes edges and then looks for the child, and the child's birth makes release look at its edges.
 */
export const createPlanned = async (
  store: InstanceStore,
  { instances, edges }: Plan,
  birth: Birth,
): Promise<RequestResult> => {
  const existing = await store.findMany(
    instances.map(({ id }) => id),
    { strong: true },
  );
  const missing = instances.filter(({ id }) => !existing.has(id));
  const born = new Set(missing.map(({ id }) => id));
  const before = await ownOf(store, [...existing.values()], birth);
  const wanted = edges.filter(({ child }) => born.has(child) || before.has(child));

  const earlier = await store.findMany(
    [...new Set(wanted.filter(({ ifExists }) => ifExists).map(({ parent }) => parent))],
    { strong: true },
  );
  const kept = wanted.filter(({ ifExists, parent }) => !ifExists || earlier.has(parent));
  const unwritten = kept.filter(({ child }) => born.has(child));
  await store.putEdges(unwritten);
  await closeEnded(store, unwritten);

  const created = await inParallel(missing, atOnce, (planned) =>
    store.create(bornFrom(planned, birth)),
  );
  const met = await store.findMany(
    missing.filter((_, n) => !created[n]).map(({ id }) => id),
    { strong: true },
  );
  const meanwhile = await ownOf(store, [...met.values()], birth);
  const isOurs = (id: string) =>
    before.has(id) || meanwhile.has(id) || (born.has(id) && !met.has(id));
  const ours = instances.filter(({ id }) => isOurs(id));
  const counted = (list: readonly PlannedInstance[]) =>
    list.filter(({ family }) => family !== 'barrier').length;

  return {
    instances: counted(ours),
    edges: kept.filter(({ child }) => isOurs(child)).length,
    existing: counted(instances) - counted(ours),
  };
};

/**
 * Those of the instances met that this very generation has made: by a chunk that runs again, by one that runs twice at
 * once, or by a put whose answer was lost and that had moved on when it was repeated. The first move tells.
 */
const ownOf = async (
  store: InstanceStore,
  met: readonly Instance[],
  { generationId }: Birth,
): Promise<ReadonlySet<string>> => {
  const first = await inParallel(met, atOnce, async ({ id, moves }) =>
    moves[0]?.seq === 1 ? moves[0] : (await store.history(id))[0],
  );
  return new Set(met.flatMap(({ id }, n) => (first[n]?.reason === generationId ? [id] : [])));
};

/** Parents that succeeded before their edge was written will not say so again. */
const closeEnded = async (
  store: InstanceStore,
  edges: readonly { readonly child: string; readonly parent: string }[],
): Promise<void> => {
  const parents = await store.findMany([...new Set(edges.map(({ parent }) => parent))], {
    strong: true,
  });
  const closed = edges.filter(({ parent }) => parents.get(parent)?.status === 'SUCCESS');
  await inParallel(closed, atOnce, (edge) =>
    store.settleEdge(edge, parents.get(edge.parent)?.seq ?? 0),
  );
};

/** Recurring instances of the dev environment are born paused: resuming one is asking for it (spec/README 8). */
const bornFrom = (planned: PlannedInstance, { at, actor, generationId }: Birth): Instance => {
  const asleep = planned.env === 'dev' && planned.family === 'recurring';
  return {
    ...planned,
    status: 'NOT_RUN',
    seq: 1,
    attempt: 0,
    autoRetries: 0,
    slots: [],
    moves: [{ seq: 1, move: 'generate', to: 'NOT_RUN', at, actor, reason: generationId }],
    ...(asleep ? { paused: true, parked: true } : {}),
  };
};
