import type { Problem } from '../shared/domain/workflow/definition.schema.ts';

/** What the process ends with; scripts branch on it, so a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  forbidden: 4,
  notFound: 5,
  conflict: 6,
} as const;
export type ExitName = keyof typeof exitCodes;

/** The words for `--help`. */
export const exitCodeHelp = `Exit codes:
  0  done
  1  it did not succeed: the run failed or is not over, the definition has problems, figures differ,
     the simulated draft is worse
  2  wrong usage or input
  3  cannot reach the API or sign in
  4  not allowed
  5  no such thing
  6  conflict: the state of the thing does not allow it, or somebody changed it meanwhile`;

/** Ends a command with a message for people and a document for scripts. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exit: ExitName;
  readonly code: string;
  readonly errors: readonly (Partial<Problem> & { readonly message: string })[];

  constructor(
    exit: ExitName,
    code: string,
    message: string,
    errors: readonly (Partial<Problem> & { readonly message: string })[] = [],
  ) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.errors = errors;
  }
}

/** The exit of an answer of the API, by its HTTP status. */
export const exitOfStatus = (status: number): ExitName => {
  if (status === 401) return 'unreachable';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 400 || status === 413 || status === 428) return 'usage';
  return 'failed';
};
