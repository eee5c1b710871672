import { Fault } from '../../shared/domain/kernel/fault.ts';
import { packJson, unpackJson } from './compressed.ts';

/** JSON, gzipped, as one attribute; Fault 'InputInvalid' when it does not fit into an item. */
export const packOne = (value: unknown): Uint8Array => {
  const [data, ...more] = packJson(value);
  if (!data || more.length > 0) throw new Fault('InputInvalid', 'too large for one item');
  return data;
};

export const unpackOne = (data: unknown): unknown => unpackJson([data as Uint8Array]);
