import type * as z from 'zod';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';

/** Messages by the first part of the field's path: `maxConcurrency → must be …`. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

export const errorsOfIssues = (issues: readonly z.core.$ZodIssue[]): FieldErrors =>
  Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));

/** The fields that the API refused; paths there begin with `body.`. */
export const errorsOfProblem = (error: unknown): FieldErrors =>
  error instanceof ApiProblem
    ? Object.fromEntries(
        (error.problem.errors ?? []).map(({ path, message }) => [
          path.replace(/^body\./, ''),
          message,
        ]),
      )
    : {};

/** The message of a field or of anything within it. */
export const errorAt = (errors: FieldErrors, field: string): string | undefined =>
  Object.entries(errors).find(
    ([path]) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
  )?.[1];
