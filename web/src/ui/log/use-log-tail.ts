import { useEffect, useReducer } from 'react';
import type * as z from 'zod';
import type { LogEntry, LogPage } from '../../../../shared/contracts/api/log-view.ts';

export type ReadLog = (cursor: string | undefined) => Promise<z.infer<typeof LogPage>>;

type Tail = {
  readonly lines: readonly LogEntry[];
  readonly end: boolean;
  readonly error: unknown;
};

const nothing: Tail = { lines: [], end: false, error: undefined };

/** How long a follower waits before it asks for what came since. */
const followMs = 2_000;

type Change = { page: z.infer<typeof LogPage> } | { error: unknown } | 'reset';

const reduce = (tail: Tail, change: Change): Tail => {
  if (change === 'reset') return nothing;
  if ('error' in change) return { ...tail, error: change.error };
  const lines = change.page.items.length > 0 ? [...tail.lines, ...change.page.items] : tail.lines;
  return { lines, end: change.page.end, error: undefined };
};

/**
 * Reads a log to its end, page by page, and while `follow` is on goes on asking for what came since. `logKey` is the
 * identity of the log; `read` is called with the cursor of the page before.
 */
export const useLogTail = (logKey: string, read: ReadLog, follow: boolean): Tail => {
  const [tail, change] = useReducer(reduce, nothing);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `logKey` stands for `read`
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    let cursor: string | undefined;
    change('reset');

    const step = async () => {
      let ended = true;
      try {
        const page = await read(cursor);
        if (gone) return;
        cursor = page.cursor;
        ended = page.end;
        change({ page });
      } catch (error) {
        if (gone) return;
        change({ error });
      }
      if (!ended) timer = setTimeout(step, 0);
      else if (follow) timer = setTimeout(step, document.hidden ? followMs * 5 : followMs);
    };
    void step();

    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [logKey, follow]);

  return tail;
};
