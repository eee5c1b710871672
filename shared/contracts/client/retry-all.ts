import { type BatchResult, batchLimit } from '../api/common.ts';

export type RetryAllProgress = {
  readonly done: number;
  readonly skipped: number;
  readonly refused: readonly { readonly id: string; readonly error: string }[];
  /** Where the look has got to; missing at its end. */
  readonly searchedTo?: string | undefined;
};

type FoundPage = {
  readonly items: readonly { readonly run: string }[];
  readonly cursor?: string | undefined;
  readonly searchedTo?: string | undefined;
};

type RetryAllDeps = {
  /** A page of the runs that may be retried. */
  readonly find: (cursor: string | undefined) => Promise<FoundPage>;
  readonly send: (ids: string[], idempotencyKey: string) => Promise<BatchResult>;
  readonly onProgress: (progress: RetryAllProgress) => void;
  readonly isStopped: () => boolean;
  readonly key: string;
};

/**
 * Retries everything a filter finds, page by page, a hundred at a time at most. Each call has a key of its own that
 * follows from the first one, so that a call that is repeated acts once; what was sent is not met again, because a run with
 * a retry under way is no longer found.
 */
export const retryAll = async ({
  find,
  send,
  onProgress,
  isStopped,
  key,
}: RetryAllDeps): Promise<void> => {
  let progress: RetryAllProgress = { done: 0, skipped: 0, refused: [] };
  let cursor: string | undefined;
  let calls = 0;
  do {
    const page = await find(cursor);
    cursor = page.cursor;
    const ids = page.items.map(({ run }) => run);
    for (let from = 0; from < ids.length && !isStopped(); from += batchLimit) {
      const result = await send(ids.slice(from, from + batchLimit), `${key}-${calls}`);
      calls += 1;
      progress = {
        done: progress.done + result.succeeded.length,
        skipped: progress.skipped + result.skipped.length,
        refused: [...progress.refused, ...result.failed].slice(0, 100),
      };
    }
    progress = { ...progress, searchedTo: cursor === undefined ? undefined : page.searchedTo };
    onProgress(progress);
  } while (cursor !== undefined && !isStopped());
};
