/** Counts of instances by status and by outcome. */
export type DayCounts = {
  readonly total: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
};

/** The sum of two counts. Zeros are left out, so that equal counts are equal objects. */
export const addDays = (a: DayCounts, b: DayCounts): DayCounts => ({
  total: a.total + b.total,
  statuses: addEach(a.statuses, b.statuses),
  outcomes: addEach(a.outcomes, b.outcomes),
});

const addEach = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .toSorted()
      .map((key): [string, number] => [key, (a[key] ?? 0) + (b[key] ?? 0)])
      .filter(([, n]) => n !== 0),
  );
