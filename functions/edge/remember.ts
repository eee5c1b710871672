import type { Clock } from './system-clock.ts';

/** Entries kept; a warm Lambda lives for hours. */
const maxEntries = 500;

/**
 * `load` with a memory: an answer is used again for `seconds` (Infinity: what never changes). Callers of the same moment
 * share one request. A failure and an absence are forgotten at once.
 */
export const remember = <K extends string, V>(
  load: (key: K) => Promise<V | undefined>,
  { seconds, clock }: { readonly seconds: number; readonly clock: Clock },
): ((key: K) => Promise<V | undefined>) => {
  const known = new Map<K, { readonly until: number; readonly value: Promise<V | undefined> }>();

  return (key) => {
    const now = Date.parse(clock());
    const entry = known.get(key);
    if (entry && entry.until > now) return entry.value;

    if (known.size >= maxEntries) known.clear();
    const value = load(key);
    const fresh = { until: now + seconds * 1000, value };
    known.set(key, fresh);
    const forget = () => {
      if (known.get(key) === fresh) known.delete(key);
    };
    value.then((found) => found ?? forget(), forget);
    return value;
  };
};
