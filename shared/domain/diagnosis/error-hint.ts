import * as z from 'zod';
import type { Instance } from '../instance/instance.schema.ts';

/** What kind of failure it was, as far as its words tell: the console has advice for each. */
export const ErrorHint = z
  .enum([
    'terminated',
    'rejected',
    'timed-out',
    'lost',
    'definition-missing',
    'out-of-memory',
    'access-denied',
    'throttled-by-service',
    'unreachable',
    'refused-address',
    'http-client',
    'http-server',
    'not-found',
    'bad-parameter',
    'bad-sql',
    'check-failed',
    'unknown',
  ])
  .meta({ id: 'ErrorHint' });
export type ErrorHint = z.infer<typeof ErrorHint>;

/** Outcomes that say it all. */
const byOutcome: Readonly<Partial<Record<NonNullable<Instance['outcome']>, ErrorHint>>> = {
  terminated: 'terminated',
  'timed-out': 'timed-out',
  lost: 'lost',
  'definition-missing': 'definition-missing',
};

/** Words of services and engines, the more telling first. */
const byWords: readonly (readonly [RegExp, ErrorHint])[] = [
  [/^rejected by /i, 'rejected'],
  [/is refused: .*address|is not allowed: use http/i, 'refused-address'],
  [/out ?of ?memory|heap limit|memory size|\bOOM\b|signal: killed/i, 'out-of-memory'],
  [/access ?denied|unauthori[sz]ed|forbidden|not authorized|answered 40[13]/i, 'access-denied'],
  [
    /throttl|too ?many ?requests|rate exceeded|limit ?exceeded|answered 429/i,
    'throttled-by-service',
  ],
  [/ECONN|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|socket hang up|certificate/i, 'unreachable'],
  [/answered 5\d\d/, 'http-server'],
  [/no such|not ?found|does not exist|answered 404/i, 'not-found'],
  [/answered 4\d\d/, 'http-client'],
  [/parser error|binder error|syntax|catalog error|conversion error/i, 'bad-sql'],
  [/check failed|expectation|assertion/i, 'check-failed'],
  [/parameter/i, 'bad-parameter'],
];

/** Classifies why the last attempt failed; undefined when it did not. */
export const errorHintOf = ({
  status,
  outcome,
  error,
}: Pick<Instance, 'status' | 'outcome' | 'error'>): ErrorHint | undefined => {
  if (status !== 'FAILED' && error === undefined) return undefined;
  const known = outcome && byOutcome[outcome];
  if (known) return known;
  return byWords.find(([words]) => words.test(error ?? ''))?.[1] ?? 'unknown';
};
