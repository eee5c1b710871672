import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import { planRetry } from './plan-retry.ts';
import { retryRefusal } from './retry-standing.ts';
import { RunStatus } from './run.schema.ts';

const run = { runId: 'r', family: 'recurring', version: 3 } as const;
const plan = (fields: Partial<Parameters<typeof planRetry>[0]>) =>
  planRetry({
    ...{ run, instances: [anInstance()], request: undefined, backfill: undefined, zone: 'UTC' },
    ...fields,
  });

describe('whether a run may be retried', () => {
  it('W62 is after its final failure only', () => {
    for (const status of RunStatus.exclude(['FAILED']).options)
      expect(retryRefusal(status, undefined)).toBe('not-failed');
    expect(retryRefusal('FAILED', undefined)).toBeUndefined();
  });

  it('W63 is one at a time, and not after one that succeeded', () => {
    expect(retryRefusal('FAILED', 'WAITING')).toBe('retry-active');
    expect(retryRefusal('FAILED', 'RUNNING')).toBe('retry-active');
    expect(retryRefusal('FAILED', 'SUCCESS')).toBe('retry-succeeded');
    expect(retryRefusal('FAILED', 'FAILED')).toBeUndefined();
    expect(retryRefusal('FAILED', 'CANCELLED')).toBeUndefined();
  });
});

describe('what a retry sends', () => {
  it('W63 is the version that was executed last, with the due time of each task', () => {
    const instances = [
      anInstance({ task: 'a', codeVersion: 4 }),
      anInstance({ task: 'b', dueAt: '2026-11-20T03:00:00.000Z', codeVersion: 5 }),
      anInstance({ task: 'c', empty: 'off-day' }),
    ];
    expect(plan({ instances })).toMatchObject({
      value: {
        ...{ version: 5, tasks: ['a', 'b'], plannedAt: '2026-11-20T02:00:00.000Z' },
        plannedAtOf: { b: '2026-11-20T03:00:00.000Z' },
      },
    });
  });

  it('is about the day after the business date where a backfill failed, with its parameters', () => {
    const filled = anInstance({
      ...{ family: 'backfill', scope: 'b1', dueAt: '2026-12-24T09:00:00.000Z' },
    });
    expect(
      plan({
        run: { ...run, family: 'backfill' },
        instances: [filled],
        backfill: { parameters: { who: 'all' }, taskParameters: { 'p/w/t': { who: 'ann' } } },
        zone: 'Asia/Shanghai',
      }),
    ).toMatchObject({
      value: {
        plannedAt: '2026-11-19T16:00:00.000Z',
        ...{ parameters: { who: 'all' }, taskParameters: { t: { who: 'ann' } } },
      },
    });
  });

  it('is nothing when what it was started with is gone, or a task has several cycles', () => {
    expect(plan({ run: { ...run, family: 'manual' } })).toMatchObject({
      error: { why: 'parameters-gone' },
    });
    expect(plan({ run: { ...run, family: 'backfill' } })).toMatchObject({
      error: { why: 'parameters-gone' },
    });
    expect(plan({ instances: [] })).toMatchObject({ error: { why: 'instances-gone' } });
    expect(plan({ instances: [anInstance(), anInstance({ index: 2 })] })).toMatchObject({
      error: { why: 'several-cycles', task: 't' },
    });
  });
});
