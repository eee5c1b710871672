import type { Refusal } from '../../shared/contracts/api/problem.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { NotSaved, Revised } from '../stores/collection.ts';

/** Creates a document; refused when its name is taken. */
export const createDocument = async <T>(
  name: string,
  saved: Promise<Result<Revised<T>, NotSaved>>,
): Promise<Result<Revised<T>, Refusal & { readonly code: 'already-exists' }>> => {
  const done = await saved;
  return done.ok ? done : err({ code: 'already-exists', detail: `${name} exists already` });
};

/** The document that an edit names by its revision, or why it cannot be edited. */
export const forEdit = <T extends { readonly rev: number }, C extends Refusal['code']>(
  found: T | undefined,
  rev: number,
  missing: { readonly code: C; readonly detail: string },
): Result<T, Refusal & { readonly code: C | 'stale-rev' }> => {
  if (!found) return err(missing);
  return found.rev === rev ? ok(found) : stale(found.rev);
};

/** Somebody else saved in between. */
export const stale = (current: number | undefined) =>
  err({
    code: 'stale-rev',
    detail: 'somebody changed it meanwhile; read it again and repeat your change',
    ...(current === undefined ? {} : { rev: current }),
  } as const);
