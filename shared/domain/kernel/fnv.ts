/**
 * FNV-1a over UTF-16 code units, 32 bits unsigned: the same everywhere and for ever, because keys and ids are made of it.
 * `seed` gives an independent second hash.
 */
export const fnv = (text: string, seed = 0): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
};
