/** FNV-1a over UTF-16 code units: spreads ids over stripes, the same everywhere and for ever (it is part of keys). */
export const stripeOf = (text: string, stripes: number): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % stripes;
};

/** 0 … stripes - 1. */
export const stripesUpTo = (stripes: number): readonly number[] =>
  Array.from({ length: stripes }, (_, stripe) => stripe);
