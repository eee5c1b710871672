import { isoOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { headerOfItem, type StoredHeader } from '../stores/log-items.ts';
import type { LogStore } from '../stores/logs-store.ts';
import type { Item } from '../stores/table.ts';

/** One partition of headers or bodies, read in order and in pieces. */
export type Source<T> = {
  /** A chunk that has not been taken yet lasts at most that long. */
  readonly spanMs: number;
  readonly head: () => T | undefined;
  readonly take: () => T;
  /** Nothing in hand, and something may be left. */
  readonly isDry: () => boolean;
  readonly fill: () => Promise<void>;
};

export type SourceRange = {
  readonly partition: string;
  readonly spanMs: number;
  readonly order: 'asc' | 'desc';
  readonly from: string;
  readonly to: string;
  /** This sort key was looked at before. */
  readonly except?: string | undefined;
  /** Read strongly, so that what was written before is seen. */
  readonly strong: boolean;
};

/** A first page wants few, a count wants all: each piece is larger than the one before. */
const firstPiece = 25;
const largestPiece = 2_000;

/** A source of what `read` makes of the items of a partition. */
export const sourceOf = <T>(
  logs: Pick<LogStore, 'page'>,
  { partition, spanMs, order, from, to, except, strong }: SourceRange,
  { read, piece = firstPiece }: { readonly read: (item: Item) => T; readonly piece?: number },
): Source<T> => {
  let buffer: T[] = [];
  let at = 0;
  let next: Item | undefined;
  let ended = from > to;
  let size = piece;

  return {
    spanMs,
    head: () => buffer[at],
    take: () => {
      at += 1;
      return buffer[at - 1] as T;
    },
    isDry: () => at >= buffer.length && !ended,
    async fill() {
      while (at >= buffer.length && !ended) {
        const range = { partition, order, from, to, strong };
        const page = await logs.page(range, { limit: size, after: next });
        buffer = page.items.filter(({ sk }) => sk !== except).map(read);
        at = 0;
        next = page.last;
        ended = next === undefined;
        size = Math.min(largestPiece, size * 4);
      }
    },
  };
};

export const headerSource = (
  logs: Pick<LogStore, 'page'>,
  range: SourceRange,
  piece?: number,
): Source<StoredHeader> =>
  sourceOf(logs, range, { read: headerOfItem, ...(piece ? { piece } : {}) });

/** Whether a range reaches into what was written a moment ago, where an eventual read may miss something. */
export const isFresh = (to: Instant, now: Instant): boolean => to > plusSeconds(now, -60);

/** The earliest that a chunk can begin with a line at `at` or later. */
export const lookBackFrom = (at: Instant, spanMs: number): Instant =>
  isoOf(Date.parse(at) - spanMs);
