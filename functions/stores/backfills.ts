import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { Backfill, BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { batchPut } from './batch-write.ts';
import type { NotSaved, Revised } from './collection.ts';
import { piecesOf, wholeOf } from './compressed.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { isAbsent, isRevision, newMark, putIf } from './put-if.ts';
import { queryAll, queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, Page, Table } from './table.ts';

export type BackfillQuery = {
  readonly env: Env;
  readonly projects: readonly string[];
  /** Created from this instant on, up to that one. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** Pending ones submitted in one round; more wait for the next minute. */
const dueAtOnce = 100;

/** Backfills and what they were resolved to. Pending ones stay, submitted ones outlive their instances. */
export const backfills = (table: Table, retentionDays: number) => {
  const expiryOfBackfill = ({ state, submittedAt }: Backfill) =>
    state === 'submitted' && submittedAt
      ? { expiresAt: Math.floor(Date.parse(submittedAt) / 1000) + (retentionDays + 60) * 86_400 }
      : {};

  const findBackfill = async (id: string): Promise<Revised<Backfill> | undefined> => {
    const item = await getItem(table, instancesTable.backfill(id));
    return item && backfillOfItem(item);
  };

  const findBackfillPlan = async (id: string): Promise<BackfillPlan | undefined> => {
    const pointer = await getItem(table, instancesTable.backfillPlan(id));
    if (!pointer) return undefined;
    const range = {
      partition: instancesTable.backfillOf(id),
      prefix: `P#${String(pointer.stamp)}#`,
      strong: true,
    };
    return BackfillPlan.parse(wholeOf(await queryAll(table, range)));
  };

  return {
    findBackfill,
    findBackfillPlan,

    /** Creates (`ifMatch` undefined) or replaces the revision `ifMatch`. */
    async saveBackfill(
      backfill: Backfill,
      ifMatch: number | undefined,
    ): Promise<Result<Revised<Backfill>, NotSaved>> {
      const rev = (ifMatch ?? 0) + 1;
      const { id, env, project } = backfill;
      const dueAt = dueAtOf(backfill);
      const item = {
        ...backfill,
        ...instancesTable.backfill(id),
        lpk: instancesTable.day.backfills(env, project),
        lsk: placeOfBackfill(backfill),
        ...(dueAt ? { qpk: instancesTable.queue.backfills, qsk: `${dueAt}#${id}` } : {}),
        ...expiryOfBackfill(backfill),
        v: 1,
        rev,
      };
      const saved = await putIf(table, item, isRevision(ifMatch));
      return saved ? ok({ ...backfill, rev }) : err(ifMatch === undefined ? 'exists' : 'stale');
    },

    /** False when it is gone or has another revision. */
    async removeBackfill(id: string, ifMatch: number): Promise<boolean> {
      const request = new DeleteCommand({
        TableName: table.table,
        Key: instancesTable.backfill(id),
        ConditionExpression: 'rev = :was',
        ExpressionAttributeValues: { ':was': ifMatch },
      });
      try {
        await withRetry(() => table.client.send(request), 'backfill not removed');
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    /** Those that are to be submitted by now, oldest first, at most a hundred. An index may lag: read before acting. */
    async dueBackfills(until: Instant): Promise<string[]> {
      const range = {
        index: 'byQueue',
        partition: instancesTable.queue.backfills,
        to: `${until}~`,
      } as const;
      const { items } = await queryPage(table, range, { limit: dueAtOnce });
      return items.map(({ pk }) => String(pk).slice('BF#'.length));
    },

    /** A page of the backfills of some projects, newest first. */
    async listBackfills({
      env,
      projects,
      from,
      to,
      limit,
      cursor,
    }: BackfillQuery): Promise<Page<Revised<Backfill>>> {
      if (projects.length === 0) return { items: [] };
      const partitions = projects.map((project) => instancesTable.day.backfills(env, project));
      const range = {
        index: 'byDay',
        partitions,
        order: 'desc',
        from,
        to: to && `${to}~`,
      } as const;
      const page = await mergeRanges(table, range, { limit, cursor });
      const found = await Promise.all(
        page.items.map(({ pk }) => findBackfill(String(pk).slice('BF#'.length))),
      );
      return { items: found.filter((each) => each !== undefined), cursor: page.cursor };
    },

    /** Keeps what a backfill was resolved to; the first one counts, and is returned. */
    async freezeBackfillPlan(
      { id, ...backfill }: Backfill,
      plan: BackfillPlan,
    ): Promise<BackfillPlan> {
      const before = await findBackfillPlan(id);
      if (before) return before;
      const expiry = expiryOfBackfill({ id, ...backfill });
      const stamp = newMark();
      await batchPut(
        table,
        piecesOf(plan, stamp).map((piece, n) => ({
          ...instancesTable.backfillPiece(id, stamp, n),
          ...piece,
          ...expiry,
        })),
      );
      const pointer = { ...instancesTable.backfillPlan(id), stamp, ...expiry };
      if (await putIf(table, pointer, isAbsent)) return plan;
      return (await findBackfillPlan(id)) ?? plan;
    },
  };
};

/** When the watch must look at it: its time comes, or it was submitted and nobody has asked for its instances yet. */
const dueAtOf = ({ state, paused, nextAt, request, submittedAt }: Backfill): string | undefined => {
  if (state === 'pending') return paused ? undefined : nextAt;
  return request === undefined ? submittedAt : undefined;
};

const backfillOfItem = (item: Item): Revised<Backfill> => {
  const parsed = Backfill.safeParse(item);
  if (!parsed.success || item.v !== 1)
    throw new Fault('RecordInvalid', `backfill not readable: ${parsed.error?.message}`, {
      pk: String(item.pk),
    });
  return { ...parsed.data, rev: Number(item.rev) };
};

/** Where a backfill stands in the list of its project. */
export const placeOfBackfill = ({ createdAt, id }: Pick<Backfill, 'createdAt' | 'id'>): string =>
  `${createdAt}#${id}`;
