import * as z from 'zod';
import { Fault } from '../../shared/domain/kernel/fault.ts';

const LastKey = z.record(z.string(), z.string());

/** Opaque text of a position. Nobody but this file looks inside. */
export const cursorOf = (position: Record<string, unknown> | undefined): string | undefined =>
  position && Buffer.from(JSON.stringify(position)).toString('base64url');

/** The position of a cursor that a client handed back. Fault 'InputInvalid' when it is none of ours. */
export const positionOf = (cursor: string | undefined): Record<string, string> | undefined => {
  if (cursor === undefined) return undefined;
  try {
    return LastKey.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw new Fault('InputInvalid', 'cursor: not one that a list gave out', {}, { cause: error });
  }
};
