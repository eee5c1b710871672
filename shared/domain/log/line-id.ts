import type { Instant } from '../kernel/time.schema.ts';

/**
 * The id of a line is where it stands: instance, attempt, first instant and name of its chunk, place in it. It holds for
 * good, and lines of one instant sort by it as they were written.
 *
 *   line = instance~attempt~at~batch.0000~000000
 */
export type LinePlace = {
  readonly instance: string;
  readonly attempt: number;
  /** First instant of the chunk. */
  readonly at: Instant;
  readonly chunk: string;
  readonly n: number;
};

export const lineIdOf = ({ instance, attempt, at, chunk, n }: LinePlace): string =>
  `${instance}~${attempt}~${at}~${chunk}~${String(n).padStart(6, '0')}`;

/** The place that an id names; undefined when it is none. */
export const parseLineId = (id: string): LinePlace | undefined => {
  const parts = id.split('~');
  const [attempt = '', at = '', chunk = '', n = ''] = parts.slice(-4);
  const instance = parts.slice(0, -4).join('~');
  if (!/^\d{1,6}$/.test(attempt) || !/^\d{6}$/.test(n) || chunk === '' || instance === '')
    return undefined;
  if (Number.isNaN(Date.parse(at))) return undefined;
  return { instance, attempt: Number(attempt), at, chunk, n: Number(n) };
};
