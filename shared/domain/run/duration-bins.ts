/** Each bin ends a tenth above the one before, so that a value read back is off by less than 5 %. */
const growth = 1.1;
const logGrowth = Math.log(growth);

/** The bin of a duration in milliseconds: 0 holds up to 1 ms, `n` what is above 1.1^(n-1) and up to 1.1^n ms. */
export const binOf = (ms: number): number =>
  // The tiny step back keeps a power of the growth in its own bin.
  ms <= 1 ? 0 : Math.ceil(Math.log(ms) / logGrowth - 1e-9);

/** The duration that stands for a bin, in milliseconds: equally far, in parts, from both of its ends. */
export const msOfBin = (bin: number): number =>
  bin === 0 ? 1 : (2 * growth ** bin) / (growth + 1);

/**
 * The duration in milliseconds that `share` (0 to 1) of the counted ones do not exceed, by nearest rank, within 5 %;
 * undefined without any. `counts` holds how many fell into each bin.
 */
export const quantileOfBins = (
  counts: ReadonlyMap<number, number>,
  share: number,
): number | undefined => {
  const bins = [...counts].filter(([, count]) => count > 0).toSorted(([a], [b]) => a - b);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let passed = 0;
  for (const [bin, count] of bins) {
    passed += count;
    if (passed >= rank) return Math.round(msOfBin(bin));
  }
  return undefined;
};
