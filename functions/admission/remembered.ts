/**
 * `load`, asked at most once in `ms` per key. Real time, not the work's clock: it bounds how stale an answer may be, and
 * decides nothing.
 */
export const remembered = <K, V>(ms: number, load: (key: K) => Promise<V>) => {
  const known = new Map<K, { readonly until: number; readonly value: Promise<V> }>();

  return (key: K): Promise<V> => {
    const entry = known.get(key);
    if (entry && performance.now() < entry.until) return entry.value;

    const value = load(key);
    known.set(key, { until: performance.now() + ms, value });
    value.catch(() => known.delete(key));
    return value;
  };
};
