export type RefusalSummary = {
  readonly total: number;
  readonly refused: number;
  /** Each reason once, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
};

/** How many of the selected rows an operation leaves out, and why. */
export const summaryOfRefusals = (refusals: readonly (string | undefined)[]): RefusalSummary => {
  const given = refusals.filter((refusal) => refusal !== undefined);
  const reasons = [...Map.groupBy(given, (reason) => reason)]
    .map(([reason, same]) => ({ reason, count: same.length }))
    .toSorted((a, b) => b.count - a.count);
  return { total: refusals.length, refused: given.length, reasons };
};
