import type { DynamoDBRecord } from 'aws-lambda';
import { type StreamRecord, streamHandler } from '../../functions/edge/stream-handler.ts';
import { instanceOfItem } from '../../functions/stores/instance-item.ts';
import { instanceIdOfKey } from '../../functions/stores/instances-table.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isActive, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';

const host = { awsRequestId: 'witness', getRemainingTimeInMillis: () => 60_000 };

/**
 * Sees every write of the instances table once, in order, and notes what must never happen: a move out of sequence, a
 * start before the last parent succeeded, a pool above its limit, slots held by what is not out.
 */
export const witness = (clock: () => Instant, limitOf: (pool: string) => number | undefined) => {
  const known = new Map<string, Instance>();
  const parents = new Map<string, Set<string>>();
  const leftSuccess = new Map<string, Instant>();
  const used = new Map<string, number>();
  const successes = new Map<string, number>();
  const faults: string[] = [];
  const excused = new Set<string>();

  const checkParents = (id: string, move: string) => {
    for (const parent of parents.get(id) ?? []) {
      if (excused.has(`${id} ${parent}`)) continue;
      const status = known.get(parent)?.status;
      // A parent that is run again at the very instant at which its child starts is a tie, not a fault.
      if (status !== 'SUCCESS' && leftSuccess.get(parent) !== clock())
        faults.push(`${id}: ${move} while ${parent} is ${status}`);
    }
  };

  const seeInstance = (after: Instance) => {
    const before = known.get(after.id);
    known.set(after.id, after);
    if (before?.seq === after.seq) return;
    if (after.seq !== (before?.seq ?? 0) + 1)
      faults.push(`${after.id}: move ${after.seq} follows ${before?.seq}`);

    const move = after.moves.at(-1)?.move ?? '';
    if (before && isWaiting(before) && !before.forced && (move === 'admit' || move === 'pass'))
      checkParents(after.id, move);
    if (before?.status === 'SUCCESS' && after.status !== 'SUCCESS')
      leftSuccess.set(after.id, clock());
    if (after.status === 'SUCCESS') successes.set(after.id, (successes.get(after.id) ?? 0) + 1);
    if (!isActive(after) && after.slots.length > 0)
      faults.push(`${after.id}: ${after.status} holds a slot`);
  };

  const seePool = (pk: string, slots: number) => {
    used.set(pk, slots);
    const pool = pk.slice('POOL#'.length).replace(/#\d+$/, '');
    const limit = limitOf(pool.slice(pool.indexOf('#') + 1));
    const sum = inUse(pool);
    if (limit !== undefined && sum > limit) faults.push(`${pool}: ${sum} of ${limit} slots`);
  };

  const inUse = (pool: string): number =>
    [...used].reduce(
      (sum, [pk, slots]) => sum + (pk.replace(/#\d+$/, '') === `POOL#${pool}` ? slots : 0),
      0,
    );

  const see = ({ keys, newImage }: StreamRecord) => {
    if (!newImage) {
      const [parent, child] = [keys.pk.slice('E#'.length), keys.sk.slice('CHILD#'.length)];
      if (keys.sk.startsWith('CHILD#')) parents.get(child)?.delete(parent);
      return;
    }
    if (instanceIdOfKey(keys) !== undefined) return seeInstance(instanceOfItem(newImage));
    if (keys.pk.startsWith('POOL#')) return seePool(keys.pk, Number(newImage.used ?? 0));
    if (keys.sk.startsWith('EDGE#')) {
      const child = keys.pk.slice('E#'.length);
      const own = parents.get(child) ?? new Set();
      const others = Array.isArray(newImage.others) ? newImage.others.map(String) : [];
      for (const parent of [keys.sk.slice('EDGE#'.length), ...others]) own.add(parent);
      parents.set(child, own);
    }
  };

  const handler = streamHandler(async (records) => {
    for (const record of records) see(record);
    return undefined;
  });

  return {
    see: (Records: readonly DynamoDBRecord[]) => handler({ Records }, host),
    faults,
    /** A forced operation lets this child go past this parent. */
    excuse: (child: string, parent: string) => void excused.add(`${child} ${parent}`),
    instances: () => [...known.values()],
    parentsOf: (id: string) => [...(parents.get(id) ?? [])],
    successesOf: (id: string) => successes.get(id) ?? 0,
    slotsInUse: () => [...used.values()].reduce((sum, slots) => sum + slots, 0),
  };
};
