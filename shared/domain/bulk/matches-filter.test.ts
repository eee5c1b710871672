import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import { matchesFilter, problemsOfFilter } from './matches-filter.ts';
import { OperationFilter } from './operation.schema.ts';

const filter = (fields: object = {}) => OperationFilter.parse(fields);
const oneDay = { bizDate: { from: '2026-11-19', to: '2026-11-19' } };

describe('a filter', () => {
  it('is refused when it names no condition: nobody means everything', () => {
    for (const empty of [{}, oneDay, { ...oneDay, env: 'dev', family: 'manual' }])
      expect(problemsOfFilter(filter(empty))).toMatchObject([
        { path: [], message: expect.stringContaining('at least one condition') },
      ]);
    expect(problemsOfFilter(filter({ ...oneDay, projects: ['p'] }))).toEqual([]);
    expect(problemsOfFilter(filter({ ...oneDay, status: ['FAILED'] }))).toEqual([]);
    expect(problemsOfFilter(filter({ run: 'r' }))).toEqual([]);
  });

  it('needs its dates, in order and at most 31 of them', () => {
    const problems = (from: string, to: string) =>
      problemsOfFilter(filter({ projects: ['p'], bizDate: { from, to } }));
    expect(problemsOfFilter(filter({ projects: ['p'] }))).toMatchObject([{ path: ['bizDate'] }]);
    expect(problems('2026-10-01', '2026-10-31')).toEqual([]);
    expect(problems('2026-10-01', '2026-11-01')).toMatchObject([{ path: ['bizDate'] }]);
    expect(problems('2026-10-02', '2026-10-01')).toMatchObject([{ path: ['bizDate', 'to'] }]);
  });

  it('lets through what meets every condition', () => {
    const instance = anInstance({
      task: 'Load_orders',
      paused: true,
      status: 'FAILED',
      outcome: 'lost',
    });
    const meets = (fields: object) => matchesFilter(instance, filter(fields));
    expect(meets({ status: ['FAILED'], outcome: ['lost'], task: 'orders', paused: true })).toBe(
      true,
    );
    expect(meets({ status: ['SUCCESS'] })).toBe(false);
    expect(meets({ outcome: ['ran'] })).toBe(false);
    expect(meets({ workflow: 'x' })).toBe(false);
    expect(meets({ priority: ['HIGH'] })).toBe(false);
    expect(meets({ paused: false })).toBe(false);
    expect(meets({ held: true })).toBe(false);
    expect(meets({ scope: 'x' })).toBe(false);
  });
});
