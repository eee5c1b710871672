import { describe, expect, it } from 'vitest';
import {
  cronVectorReport,
  explainedExpressions,
  judgeCronVectors,
  reasonFor,
} from './cron-vectors.ts';

const verdicts = judgeCronVectors();
const others = verdicts.filter(({ outcome }) => outcome !== 'pass');
const ofClass = (name: string) => verdicts.filter(({ vector }) => vector.class === name);
const notPassing = (name: string) =>
  ofClass(name)
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ vector, dst }) => `${vector.id} ${dst}`);

describe('vectors of other suites', () => {
  it('all universal vectors hold under both policies', () => {
    expect(ofClass('universal').length).toBeGreaterThan(196);
    expect(notPassing('universal')).toEqual([]);
  });

  it('all dst-policy vectors hold, but for intervals in a repeated hour under skip', () => {
    expect(ofClass('dst-policy').length).toBeGreaterThan(28);
    expect([...new Set(notPassing('dst-policy'))]).toEqual([
      'croniter-0420 skip',
      'croniter-0480 skip',
    ]);
  });

  it('an interval in a repeated hour under skip answers as skip_twice does', () => {
    for (const { vector } of others.filter(
      ({ vector: { class: name } }) => name === 'dst-policy',
    )) {
      expect(vector.expectedByPolicy?.skip_twice).toEqual(vector.expectedByPolicy?.shift_once);
    }
  });

  it('W25 refuses every invalid vector', () => {
    expect(ofClass('invalid').length).toBeGreaterThan(8);
    expect(notPassing('invalid')).toEqual([]);
  });

  it('gives a reason for each vector that does not hold, and none without such a vector', () => {
    expect(others.filter((verdict) => reasonFor(verdict) === undefined)).toEqual([]);
    expect(new Set(others.map(({ vector }) => vector.expr))).toEqual(new Set(explainedExpressions));
    expect(cronVectorReport()).toContain('| universal |');
  });
});
