import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import {
  cooled,
  type Grant,
  SendLane,
  type SendQuota,
  takeTokens,
  usedUp,
  warmed,
} from '../../shared/domain/notice/send-lane.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import { pause } from './retry.ts';
import type { Table } from './table.ts';

const tries = 12;

/** What may be sent now, by lane: shared by everything that sends, so every change is conditional on what was read. */
export const sendLanes = (table: Table) => {
  const find = async (lane: string): Promise<SendLane | undefined> => {
    const item = await getItem(table, ledgerTable.sending(lane));
    return item && SendLane.parse(item);
  };

  /** Reads, decides and writes until nobody else wrote in between. */
  const change = async <T>(
    name: string,
    decide: (lane: SendLane | undefined) => {
      readonly lane?: SendLane | undefined;
      readonly answer: T;
    },
  ): Promise<T> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const before = await find(name);
      const { lane, answer } = decide(before);
      if (lane === undefined) return answer;
      const written = await putIf(
        table,
        { ...ledgerTable.sending(name), v: 1, ...lane },
        before ? { expression: 'seq = :was', values: { ':was': before.seq } } : isAbsent,
      );
      if (written) return answer;
      await pause(attempt);
    }
    throw new Fault('StoreConflict', 'lane not written: too many senders', { lane: name });
  };

  return {
    find,

    /** Takes up to `want` tokens; what is granted counts as sent. `quota` is the newest that is known. */
    take: (name: string, want: number, now: Instant, quota: SendQuota): Promise<Grant> =>
      change(name, (before) => {
        // Who read the quota later knows better.
        const known = before?.quota;
        const newest = known !== undefined && known.readAt > quota.readAt ? known : quota;
        const { grant, lane } = takeTokens(before, want, now, newest);
        const nothingNew = grant.granted === 0 && known?.readAt === newest.readAt;
        return { ...(nothingNew ? {} : { lane }), answer: grant };
      }),

    cool: (name: string, now: Instant, problem: string): Promise<void> =>
      change(name, (lane) => ({ lane: lane && cooled(lane, now, problem), answer: undefined })),

    warm: (name: string): Promise<void> =>
      change(name, (lane) => ({
        lane: lane && lane.failures > 0 ? warmed(lane) : undefined,
        answer: undefined,
      })),

    exhaust: (name: string): Promise<void> =>
      change(name, (lane) => ({ lane: lane && usedUp(lane), answer: undefined })),

    /** Notes what was read of the provider, for the health page. */
    note: (name: string, now: Instant, quota: SendQuota, from: string): Promise<void> =>
      change(name, (before) => ({
        lane: { ...takeTokens(before, 0, now, quota).lane, from },
        answer: undefined,
      })),
  };
};

export type SendLanes = ReturnType<typeof sendLanes>;
