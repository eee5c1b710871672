import type { ProblemCode, ProblemDocument } from '../api/problem.ts';

/** An answer of the API that is no success. Keeps the problem document, so that callers branch on `code`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): ProblemCode {
    return this.problem.code;
  }
}
