import { problemStatus } from '../../shared/contracts/api/problem.ts';
import { everyProblem } from '../../shared/contracts/api/route.ts';
import { faultCatalog } from '../../shared/domain/kernel/fault.ts';
import { code, generatedFrom, pageOf, tableOf } from './markdown.ts';

const everywhere: ReadonlySet<string> = new Set(everyProblem);

/** `docs/generated/faults.md`: technical failures, and the refusals of the API. */
export const faultsPage = (): string =>
  pageOf(
    generatedFrom('shared/domain/kernel/fault.ts and shared/contracts/api/problem.ts'),
    '# Faults and refusals',
    '',
    '## Faults',
    '',
    'Technical failures. State machines match on the name; whatever is retryable is retried by them.',
    '',
    tableOf(
      ['fault', 'tried again'],
      Object.entries(faultCatalog).map(([name, { retryable }]) => [
        code(name),
        retryable ? 'yes' : 'no',
      ]),
    ),
    '',
    '## Refusals of the API',
    '',
    'Expected answers, each a problem document (RFC 9457) with this `code`. *Any route* may give those that are marked; the',
    'others stand with their routes in [the OpenAPI document](openapi.json).',
    '',
    tableOf(
      ['code', 'status', 'any route'],
      Object.entries(problemStatus).map(([name, status]) => [
        code(name),
        String(status),
        everywhere.has(name) ? 'yes' : '',
      ]),
    ),
  );
