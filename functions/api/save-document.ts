import type { Refusal } from '../../shared/contracts/api/problem.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Revised } from '../stores/collection.ts';
import type { User } from './find-users.ts';

/** What came of creating a document: refused when its name is taken. */
export const createDocument = <T>(
  name: string,
  saved: Result<Revised<T>, unknown>,
): Result<Revised<T>, Refusal & { readonly code: 'already-exists' }> =>
  saved.ok ? saved : err({ code: 'already-exists', detail: `${name} exists already` });

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

/** It cannot go while tasks name it. */
export const inUse = (what: string, users: readonly User[]) => {
  const tasks = users.flatMap(({ project, workflow, tasks: names }) =>
    names.map((task) => `${project}/${workflow}/${task}`),
  );
  const more = tasks.length > named ? ` and ${tasks.length - named} more` : '';
  return err({
    code: 'in-use',
    detail: `${tasks.slice(0, named).join(', ')}${more} name ${what}; publish them without it first`,
    dependants: tasks.slice(0, listed),
  } as const);
};

/** Tasks in a sentence, and in a list. */
const named = 5;
const listed = 100;
