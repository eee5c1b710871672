import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Item } from './table.ts';

/** Below the 400 KB that an item may have, with room for its keys. */
const pieceBytes = 380_000;

/** JSON, gzipped, in pieces that fit into items. */
export const packJson = (value: unknown): Uint8Array[] => {
  const bytes = gzipSync(JSON.stringify(value));
  return Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, n) =>
    bytes.subarray(n * pieceBytes, (n + 1) * pieceBytes),
  );
};

/** What `packJson` packed; Fault 'RecordInvalid' when a piece is missing. */
export const unpackJson = (pieces: readonly Uint8Array[]): unknown => {
  try {
    return JSON.parse(gunzipSync(Buffer.concat(pieces)).toString());
  } catch (error) {
    throw new Fault('RecordInvalid', 'compressed item not readable', {}, { cause: error });
  }
};

/** The attributes of the items that hold `value`; `stamp` tells two writings of the same items apart. */
export const piecesOf = (value: unknown, stamp: string) => {
  const packed = packJson(value);
  return packed.map((data) => ({ data, stamp, pieces: packed.length }));
};

/** The value of items made by `piecesOf`, in order; undefined when there are none or a writer is in between. */
export const wholeOf = (items: readonly Item[]): unknown => {
  const first = items[0];
  const pieces = items.slice(0, Number(first?.pieces ?? 0));
  if (!first || pieces.length < Number(first.pieces)) return undefined;
  if (pieces.some(({ stamp }) => stamp !== first.stamp)) return undefined;
  return unpackJson(pieces.map(({ data }) => data as Uint8Array));
};
