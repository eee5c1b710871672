/** Does `work` for each item, at most `limit` at once, beginning in order. The first failure is thrown after all ended. */
export const inParallel = async <T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results = new Map<number, R>();
  const failures: unknown[] = [];
  const waiting = items.entries();

  const worker = async () => {
    for (const [n, item] of waiting) {
      try {
        results.set(n, await work(item));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return items.flatMap((_, n) => (results.has(n) ? [results.get(n) as R] : []));
};
