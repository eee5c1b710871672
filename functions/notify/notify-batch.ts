import {
  type DeliveryHead,
  DeliveryHead as Head,
} from '../../shared/domain/notice/notice.schema.ts';
import { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import type { BatchWork, StreamRecord } from '../edge/stream-handler.ts';
import { foldNotices } from './fold-notices.ts';
import type { FoldDeps, SendDeps, TimeLeft } from './notify-deps.ts';
import { sendDeliveries } from './send-deliveries.ts';
import type { Unserved } from './take-occurrence.ts';

export type BatchDeps = SendDeps &
  FoldDeps & {
    /** Turns occurrences into notices and queues their deliveries; may see the same ones twice. */
    readonly takeOccurrences: (occurrences: readonly Occurrence[]) => Promise<readonly Unserved[]>;
  };

/**
 * Serves a batch of the ledger's stream: new occurrences become notices, closed deliveries settle the status of their
 * notice, new deliveries are sent. Only the first can fail records: what is not sent here, the sweep sends.
 */
export const notifyBatch =
  (deps: BatchDeps, timeLeft: TimeLeft): BatchWork =>
  async (records) => {
    const unserved = new Map<StreamRecord, unknown>();
    const taken = new Map<string, StreamRecord>();
    const occurrences = records.filter(isOccurrence).flatMap((record) => {
      const parsed = Occurrence.safeParse(record.newImage);
      if (!parsed.success) {
        unserved.set(record, parsed.error);
        return [];
      }
      taken.set(parsed.data.id, record);
      return [parsed.data];
    });
    for (const { id, error } of await deps.takeOccurrences(occurrences)) {
      const record = taken.get(id);
      if (record) unserved.set(record, error);
    }

    const heads = records.flatMap(deliveryOf);
    const closed = heads.filter(({ status }) => status !== 'QUEUED' && status !== 'SENDING');
    await foldNotices(deps)(closed.map(({ notice }) => notice));

    const queued = heads.filter(({ status, seq }) => status === 'QUEUED' && seq === 1);
    // As they stand now: a batch that is delivered again finds them sent.
    const now = await deps.deliveries.findMany(queued.map(({ id }) => id));
    await sendDeliveries(deps)(now, timeLeft);

    const first = records.find((record) => unserved.has(record));
    return first && { record: first, error: unserved.get(first) };
  };

const isOccurrence = ({ keys, eventName, newImage }: StreamRecord): boolean =>
  newImage !== undefined && eventName === 'INSERT' && keys.pk.startsWith('OCC#');

const deliveryOf = ({ keys, newImage }: StreamRecord): DeliveryHead[] =>
  newImage && keys.pk.startsWith('NOTICE#') && keys.sk.startsWith('DLV#')
    ? [Head.parse(newImage)]
    : [];
