import type { Refusal } from '../../shared/contracts/api/problem.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { RuleProblem } from '../../shared/domain/notice/check-receivers.ts';
import type { Revised } from '../stores/collection.ts';
import type { RulesNotSaved } from '../stores/tell-rules.ts';
import { stale } from './save-document.ts';

type RefusedWith<C extends Refusal['code']> = Refusal & { readonly code: C };
type SaveRefused = RefusedWith<'already-exists' | 'changed-meanwhile' | 'stale-rev'>;

/** Fields of a body that are wrong, each named; undefined when nothing is. */
export const invalidRule = (problems: readonly RuleProblem[]) => {
  if (problems.length === 0) return undefined;
  const errors = problems
    .slice(0, 100)
    .map(({ path, message }) => ({ path: `body.${path}`, message }));
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return err({ code: 'invalid-input' as const, detail: detail.slice(0, 2000), errors });
};

/** What came of saving rules that exist already, in the words of the API. */
export const savedRules = <T>(
  saved: Result<Revised<T>[], RulesNotSaved>,
): Result<Revised<T>[], SaveRefused> => {
  if (saved.ok) return saved;
  const { error } = saved;
  switch (error.why) {
    case 'name-taken':
      return err({
        code: 'already-exists',
        detail: `the project has a rule ${error.name} already; choose another name`,
        errors: [{ path: 'body.name', message: 'is taken by another rule of the project' }],
      });
    case 'missing':
      return err({
        code: 'changed-meanwhile',
        detail: 'a receiver was removed meanwhile; read the rule again and choose others',
      });
    case 'stale':
    case 'full':
      return stale(undefined);
  }
};

/** What came of saving new rules. */
export const createdRules = <T>(
  saved: Result<Revised<T>[], RulesNotSaved>,
  most: number,
): Result<Revised<T>[], SaveRefused | RefusedWith<'too-many-rules'>> => {
  if (!saved.ok && saved.error.why === 'full')
    return err({
      code: 'too-many-rules',
      detail: `a project may have ${most} of these rules; delete one first, or widen the scope of one`,
    });
  if (!saved.ok && saved.error.why === 'stale')
    return err({ code: 'already-exists', detail: 'the rule exists already' });
  return savedRules(saved);
};

/** The only one of what was saved together. */
export const onlyOf = <T, E>(saved: Result<T[], E>): Result<T, E> =>
  saved.ok ? ok(saved.value[0] as T) : saved;
