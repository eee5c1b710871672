/** Numbers in [0, 1) that follow from a seed (mulberry32), so that a failing run can be run again. */
export type Chance = {
  readonly next: () => number;
  /** True with this probability. */
  readonly hits: (probability: number) => boolean;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
};

export const seededChance = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    hits: (probability) => next() < probability,
    below: (below) => Math.floor(next() * below),
  };
};
