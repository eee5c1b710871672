import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { putIf } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { Table } from './table.ts';

const keptSeconds = 86_400;
/** How long a request may be at work before another may take over its key. */
const workSeconds = 60;

const KeyItem = z.object({
  request: z.string(),
  response: z.object({ status: z.int(), body: z.string() }).optional(),
  expiresAt: z.int(),
  heldUntil: z.string(),
});

/** An answer to give again. */
export type StoredResponse = { readonly status: number; readonly body: string };

/** `mine`: go ahead. `done`: answer this again. `busy`: the first is still at work. `other`: the key was for something else. */
export type KeyClaim =
  | { readonly claim: 'mine' }
  | { readonly claim: 'done'; readonly response: StoredResponse }
  | { readonly claim: 'busy' }
  | { readonly claim: 'other' };

/** Answers by `Idempotency-Key`, kept for 24 hours. */
export const idempotency = (table: Table) => ({
  /**
   * Takes a key for a request; `request` is a digest of who asks what, so that a key is not reused for something else.
   * A holder that never answered loses it after 60 s.
   */
  async claimKey(key: string, request: string, now: Instant): Promise<KeyClaim> {
    const seconds = Math.floor(Date.parse(now) / 1000);
    const heldUntil = new Date(Date.parse(now) + workSeconds * 1000).toISOString();
    const item = {
      ...ledgerTable.idempotency(key),
      request,
      heldUntil,
      expiresAt: seconds + keptSeconds,
    };
    const taken = await putIf(table, item, {
      expression:
        'attribute_not_exists(pk) OR expiresAt <= :seconds OR (attribute_not_exists(#response) AND heldUntil < :now AND #request = :request)',
      values: { ':seconds': seconds, ':now': now, ':request': request },
      names: { '#response': 'response', '#request': 'request' },
    });
    if (taken) return { claim: 'mine' };

    const stored = await getItem(table, ledgerTable.idempotency(key));
    if (!stored) throw new Fault('StoreConflict', 'idempotency key vanished', { key });
    const { request: first, response } = KeyItem.parse(stored);
    if (first !== request) return { claim: 'other' };
    return response ? { claim: 'done', response } : { claim: 'busy' };
  },

  /** Stores the answer of the holder of a key. */
  async answerKey(
    key: string,
    request: string,
    response: StoredResponse,
    now: Instant,
  ): Promise<void> {
    const put = new PutCommand({
      TableName: table.table,
      Item: {
        ...ledgerTable.idempotency(key),
        request,
        response,
        heldUntil: now,
        expiresAt: Math.floor(Date.parse(now) / 1000) + keptSeconds,
      },
    });
    await withRetry(() => table.client.send(put), 'answer not stored');
  },

  /** Gives up a key whose request was refused or failed, so that it may be tried again. */
  async releaseKey(key: string): Promise<void> {
    const Key = ledgerTable.idempotency(key);
    const remove = new DeleteCommand({ TableName: table.table, Key });
    await withRetry(() => table.client.send(remove), 'key not released');
  },
});
