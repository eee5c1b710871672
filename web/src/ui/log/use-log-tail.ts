import { useEffect, useReducer } from 'react';
import type * as z from 'zod';
import type { LogEntry, LogPage } from '../../../../shared/contracts/api/log-view.ts';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';

type Page = z.infer<typeof LogPage>;

/** Reads a page: after `cursor`, or from the attempts that began at `from`. */
export type ReadLog = (place: {
  cursor?: string | undefined;
  from?: string | undefined;
}) => Promise<Page>;

export type LogTail = {
  /** Oldest first. */
  readonly lines: readonly LogEntry[];
  /** Read to its end at least once. */
  readonly end: boolean;
  readonly error: unknown;
};

/** How long a follower waits before it asks for what came since. */
const followMs = 2_000;

/** The longest attempt: its lines come at its end, in the place of its first line. */
const lookBackMs = 20 * 60_000;

type Change = { page: Page } | { error: unknown } | 'reset';

const nothing: LogTail = { lines: [], end: false, error: undefined };

/** Adds what is new of a page; lines that are known, by their id, stay as they are. */
const merge = (tail: LogTail, change: Change): LogTail => {
  if (change === 'reset') return nothing;
  if ('error' in change) return { ...tail, error: change.error };

  const known = new Set(tail.lines.map(({ id }) => id));
  const fresh = change.page.items.filter(({ id }) => !known.has(id));
  const lines =
    fresh.length === 0
      ? tail.lines
      : [...tail.lines, ...fresh].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { lines, end: tail.end || change.page.cursor === undefined, error: undefined };
};

/**
 * Reads a log to its end, page by page, and while `follow` is on goes on asking for what came since. `logKey` is the
 * identity of the log.
 */
export const useLogTail = (
  logKey: string,
  read: ReadLog,
  follow: boolean,
  now: () => number,
): LogTail => {
  const [tail, change] = useReducer(merge, nothing);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `logKey` stands for `read`
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    let from: string | undefined;
    change('reset');

    const step = async (cursor?: string) => {
      let next: string | undefined;
      try {
        const page = await read({ cursor, from });
        if (gone) return;
        next = page.cursor;
        change({ page });
      } catch (error) {
        if (gone) return;
        change({ error });
      }
      if (next !== undefined) return void step(next);
      if (!follow) return;
      from = isoOf(now() - lookBackMs);
      timer = setTimeout(step, document.hidden ? followMs * 5 : followMs);
    };
    void step();

    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [logKey, follow]);

  return tail;
};
