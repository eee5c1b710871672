import { fnv } from '../kernel/fnv.ts';

/** Bits a token: with four hashes about one in eighty answers is a false yes. */
const bitsPerToken = 10;
const hashes = 4;
/** A filter of a full chunk would weigh more than it saves; beyond it the false yeses grow instead. */
const maxBytes = 2048;
const second = 0x9747b28c;

/** A Bloom filter over tokens: it never denies one that was put in, and rarely affirms another. */
export const tokenFilterOf = (tokens: Iterable<string>): Uint8Array => {
  const distinct = new Set(tokens);
  const bytes = new Uint8Array(Math.min(maxBytes, Math.ceil((distinct.size * bitsPerToken) / 8)));
  for (const token of distinct)
    for (const bit of bitsOf(token, bytes.length * 8))
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return bytes;
};

/** Whether a filter may have been made with this token. */
export const mayHold = (filter: Uint8Array, token: string): boolean => {
  if (filter.length === 0) return false;
  return bitsOf(token, filter.length * 8).every(
    (bit) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0,
  );
};

const bitsOf = (token: string, size: number): number[] => {
  const a = fnv(token);
  const b = (fnv(token, second) | 1) >>> 0;
  return Array.from({ length: hashes }, (_, n) => (a + n * b) % size);
};
