import type { ItemState, OperationItemRow } from '../../shared/contracts/api/operation-routes.ts';
import { isBarrier } from '../../shared/domain/bulk/choose-targets.ts';
import type { BulkOperation, OperationItem } from '../../shared/domain/bulk/operation.schema.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { Page } from '../stores/table.ts';
import type { ApiStores } from './api-stores.ts';
import { filteredPage } from './filtered-page.ts';
import { maySee, noOperation, operationRow } from './operation-row.ts';

type Reads = Pick<ApiHandlers<'read'>, 'listOperations' | 'getOperation' | 'listOperationItems'>;

/** Looking at bulk operations. */
export const readOperations = ({ instances }: Pick<ApiStores, 'instances'>): Reads => ({
  async listOperations({ query: { status, op, actor, limit, cursor } }, context) {
    const page = await filteredPage<BulkOperation>({
      limit,
      cursor,
      fetch: (size, after) => instances.listOperations({ limit: size, cursor: after }),
      keep: async (operations) => {
        const kept = operations.filter(
          (each) =>
            (status === undefined || status.includes(each.status)) &&
            (op === undefined || op.includes(each.op)) &&
            (actor === undefined || each.actor === actor),
        );
        const seen = await Promise.all(kept.map((each) => maySee(each, context)));
        return kept.filter((_, n) => seen[n]);
      },
      cursorAfter: ({ at, id }) => cursorOf({ after: `${at}#${id}` }),
      placeOf: ({ at }) => at,
    });
    return ok({ ...page, items: page.items.map(operationRow) });
  },

  async getOperation({ params: { operation: id } }, context) {
    const operation = await instances.findOperation(id);
    if (!operation || !(await maySee(operation, context))) return noOperation(id);
    const [ask, plan] = await Promise.all([instances.findAsk(id), instances.findPlan(id)]);
    return ok({ ...operationRow(operation), ...ask, ...(plan ? { plan } : {}) });
  },

  async listOperationItems({ params: { operation: id }, query }, context) {
    const operation = await instances.findOperation(id);
    if (!operation || !(await maySee(operation, context))) return noOperation(id);

    const { result, limit, cursor } = query;
    const page = await filteredPage<Placed>({
      limit,
      cursor,
      fetch: (size, after) => itemsFrom(instances, operation, size, after),
      keep: async (items) =>
        items.filter(
          ({ item }) => !isBarrier(item.id) && (result === undefined || stateOf(item) === result),
        ),
      cursorAfter: ({ place }) => cursorOf({ after: String(place + 1) }),
      placeOf: ({ place }) => String(place),
      budget: 2_000,
    });
    const found = await instances.findMany(page.items.map(({ item }) => item.id));
    return ok({
      ...page,
      items: page.items.map(({ item }): OperationItemRow => {
        const { status, outcome } = found.get(item.id) ?? {};
        return {
          id: item.id,
          level: item.level,
          result: stateOf(item),
          reason: item.refusal ?? item.reason,
          ...{ status, outcome },
        };
      }),
    });
  },
});

/** An item and its number within the operation. */
type Placed = { readonly item: OperationItem; readonly place: number };

/** Items of a chunk; fixed, so that a number is a place. */
const chunkSize = 100;

const itemsFrom = async (
  instances: ApiStores['instances'],
  { id, chunks }: BulkOperation,
  size: number,
  cursor: string | undefined,
): Promise<Page<Placed>> => {
  const from = Number(positionOf(cursor)?.after ?? 0);
  const items: Placed[] = [];
  let n = Math.floor(from / chunkSize);
  for (; n < chunks && items.length < size; n += 1) {
    const chunk = await instances.findOperationChunk(id, n);
    for (const [at, item] of (chunk?.items ?? []).entries()) {
      const place = n * chunkSize + at;
      if (place >= from) items.push({ item, place });
    }
  }
  const shown = items.slice(0, size);
  const next = (shown.at(-1)?.place ?? from) + 1;
  const more = items.length > size || n < chunks;
  return { items: shown, ...(more ? { cursor: cursorOf({ after: String(next) }) } : {}) };
};

const stateOf = ({ refusal, result }: OperationItem): ItemState =>
  refusal === undefined ? (result ?? 'pending') : 'ineligible';
