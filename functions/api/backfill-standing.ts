import type { BackfillRow, BackfillView } from '../../shared/contracts/api/backfill-view.ts';
import type { Backfill, BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import { BackfillSpec } from '../../shared/domain/backfill/backfill.schema.ts';
import {
  dateStatusOf,
  flowStatusOf,
  sumCounts,
  totalOf,
} from '../../shared/domain/backfill/flow-status.ts';
import {
  shownParameters,
  shownTaskParameters,
} from '../../shared/domain/parameter/shown-parameters.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import type { Revised } from '../stores/collection.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/** Runs that one list adds up at most; what stands behind them is shown without a status. */
const runsInList = 5_000;

/** A budget of runs to look at, shared by the rows of a list. */
export type RunBudget = { left: number };

export const listBudget = (): RunBudget => ({ left: runsInList });

type Parts = {
  readonly plan?: BackfillPlan | undefined;
  readonly runs: ReadonlyMap<string, Run>;
  readonly request?: OperationRequest | undefined;
  readonly percent?: number | undefined;
  /** Too many runs to add up. */
  readonly unknown?: true;
};

/** A backfill as lists show it, its status added up from its runs. */
export const backfillRow =
  (instances: InstanceStore) =>
  async (backfill: Revised<Backfill>, budget = listBudget()): Promise<BackfillRow> =>
    rowOf(backfill, await partsOf(instances, backfill, budget));

/** A backfill with each of its dates. */
export const backfillView =
  (instances: InstanceStore) =>
  async (backfill: Revised<Backfill>): Promise<BackfillView> => {
    const parts = await partsOf(instances, backfill, { left: Number.POSITIVE_INFINITY });
    const { plan } = parts;
    return {
      ...rowOf(backfill, parts),
      spec: shownSpec(backfill),
      days: daysOf(parts),
      tasks: {
        run: sum(plan?.workflows.map(({ run }) => run.length) ?? []),
        dryRun: sum(plan?.workflows.map(({ dryRun }) => dryRun.length) ?? []),
      },
    };
  };

/** While it is pending whoever edits it sends all of it back; later its secrets are nobody's business (W70). */
const shownSpec = (backfill: Backfill): BackfillSpec => {
  const spec = BackfillSpec.parse(backfill);
  if (backfill.state === 'pending') return spec;
  const { parameters, taskParameters } = spec;
  return {
    ...spec,
    parameters: shownParameters(parameters),
    taskParameters: shownTaskParameters(taskParameters),
  };
};

const partsOf = async (
  instances: InstanceStore,
  backfill: Backfill,
  budget: RunBudget,
): Promise<Parts> => {
  if (backfill.state === 'pending') return { runs: new Map() };
  const [plan, request] = await Promise.all([
    instances.findBackfillPlan(backfill.id),
    backfill.request ? instances.findRequest(backfill.request) : undefined,
  ]);
  const ids = plan?.dates.flatMap(({ runs }) => runs) ?? [];
  if (ids.length > budget.left) return { plan, request, runs: new Map(), unknown: true };
  budget.left -= ids.length;
  const [runs, percent] = await Promise.all([
    instances.findRuns(ids),
    request?.status === 'REQUESTED' ? percentOf(instances, request.id) : undefined,
  ]);
  return { plan, request, runs, percent };
};

/** How many of the chunks that create it are done. */
const percentOf = async (instances: InstanceStore, generation: string): Promise<number> => {
  const chunks = await instances.chunksOfGeneration(generation);
  const done = chunks.filter((chunk) => chunk.done !== undefined).length;
  return chunks.length === 0 ? 0 : Math.floor((100 * done) / chunks.length);
};

const rowOf = (backfill: Revised<Backfill>, parts: Parts): BackfillRow => {
  const { plan, runs, request, percent, unknown } = parts;
  const all = [...runs.values()];
  const counts = sumCounts(all.map((run) => run.counts));
  const planned = plan?.instances ?? 0;
  const flow = flowStatusOf(counts);
  const isWhole = request?.status !== 'REQUESTED' && totalOf(counts) >= planned;
  const status = isWhole || flow.status !== 'SUCCESS' ? flow.status : 'RUNNING';
  const isOver = status === 'SUCCESS' || status === 'FAILED';

  return {
    ...backfill,
    paused: backfill.paused ?? false,
    roots: backfill.selection.roots,
    ...(backfill.state === 'submitted' && !unknown
      ? { status: request?.status === 'REFUSED' ? 'FAILED' : status }
      : {}),
    incomplete: flow.incomplete,
    counts,
    instances: planned,
    dates: plan?.dates.map(({ bizDate }) => bizDate) ?? [],
    ...spanOf(all, isOver),
    ...(request
      ? {
          creation: {
            status: request.status,
            ...(request.reason ? { reason: request.reason } : {}),
            ...(percent === undefined ? {} : { percent }),
            ...(request.result
              ? { created: request.result.instances, found: request.result.existing }
              : {}),
          },
        }
      : {}),
  };
};

const daysOf = ({ plan, runs, request }: Parts): BackfillView['days'] => {
  const isOver = new Map<number, boolean>();
  return (plan?.dates ?? []).map(({ bizDate, group, instances, runs: ids }) => {
    const own = ids.flatMap((id) => runs.get(id) ?? []);
    const counts = sumCounts(own.map((run) => run.counts));
    const outcomes: Partial<Record<string, number>> = {};
    for (const run of own)
      for (const [outcome, count] of Object.entries(run.outcomes))
        outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    const status = dateStatusOf({
      creation: request?.status ?? 'REQUESTED',
      planned: instances,
      ...{ counts, outcomes },
      mayStart: isOver.get(group) ?? true,
    });
    isOver.set(group, status === 'SUCCESS');
    const ended = status === 'SUCCESS' || status === 'FAILED' || status === 'KILLED';
    return { bizDate, group, status, instances, counts, runs: ids, ...spanOf(own, ended) };
  });
};

/** From the first start to the last end; no end while it goes on. */
const spanOf = (runs: readonly Run[], isOver: boolean) => {
  const starts = runs.flatMap(({ startedAt }) => startedAt ?? []).toSorted();
  const ends = runs.flatMap(({ endedAt, lastMoveAt }) => endedAt ?? lastMoveAt).toSorted();
  const [startedAt, endedAt] = [starts[0], ends.at(-1)];
  return {
    ...(startedAt ? { startedAt } : {}),
    ...(isOver && endedAt ? { endedAt } : {}),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
