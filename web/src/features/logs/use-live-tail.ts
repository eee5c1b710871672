import { useEffect, useReducer, useRef } from 'react';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { call } from '../../api/call.ts';
import type { Scope } from '../../ui/scope.ts';
import { type LogConditions, logQueryOf } from './log-query.ts';

/** The next look comes so soon; a hidden page looks less often. */
const everyMs = 1_500;

/** Lines of an attempt may come with its end, in their own time: a look reaches back so far. */
const lookBackMs = 10 * 60_000;

const perLook = 200;
export const mostInTail = 5_000;

export type Tail = {
  /** In the order in which they came, the newest last. */
  readonly rows: readonly LogRow[];
  /** Some came that are not shown: too many at once, or too many in all. */
  readonly cut: boolean;
  readonly error: unknown;
};

type Change =
  | { readonly rows: readonly LogRow[]; readonly more: boolean; readonly since: string }
  | { readonly error: unknown }
  | 'clear';

const nothing: Tail = { rows: [], cut: false, error: undefined };

/** Adds what has not come before, oldest first. */
export const addToTail = (tail: Tail, change: Change): Tail => {
  if (change === 'clear') return nothing;
  if ('error' in change) return { ...tail, error: change.error };
  const known = new Set(tail.rows.map(({ id }) => id));
  const fresh = change.rows.filter(({ id, at }) => !known.has(id) && at >= change.since);
  const rows = [...tail.rows, ...fresh.toSorted((a, b) => (a.at < b.at ? -1 : 1))];
  return {
    rows: rows.slice(-mostInTail),
    cut: tail.cut || rows.length > mostInTail || (change.more && fresh.length === perLook),
    error: undefined,
  };
};

/** Follows a search while `on`: what comes from the start of the tail (or the last `clear`) on. */
export const useLiveTail = (
  on: boolean,
  { scope, conditions }: { readonly scope: Scope; readonly conditions: LogConditions },
  now: () => number,
): Tail & { readonly clear: () => void } => {
  const [tail, change] = useReducer(addToTail, nothing);
  const since = useRef(isoOf(now()));
  const key = JSON.stringify([scope, conditions]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what is searched for
  useEffect(() => {
    if (!on) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const range = { from: isoOf(now() - lookBackMs), to: isoOf(now() + 60_000) };
      try {
        const { items, cursor } = await call('searchLogs', {
          query: { ...logQueryOf(scope, range, conditions), order: 'desc', limit: perLook },
        });
        if (gone) return;
        change({ rows: items, more: cursor !== undefined, since: since.current });
      } catch (error) {
        if (gone) return;
        change({ error });
      }
      timer = setTimeout(look, document.hidden ? everyMs * 10 : everyMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [on, key]);

  return {
    ...tail,
    clear: () => {
      since.current = isoOf(now());
      change('clear');
    },
  };
};
