import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instanceIdOf } from '../instance/instance-id.ts';
import { mergeResults } from './merge-results.ts';
import { ItemResult, type OperationItem } from './operation.schema.ts';

const item = (id: string, more: Partial<OperationItem> = {}): OperationItem => ({
  id,
  level: 0,
  ...more,
});

describe('results of a chunk', () => {
  it('count once, whoever reports them and how often', () => {
    const stored = [item('a'), item('b'), item('c', { refusal: 'no' })];
    const seen = new Map([
      ['a', { result: 'succeeded' as const }],
      ['b', { result: 'skipped' as const, reason: 'it runs' }],
      ['c', { result: 'succeeded' as const }],
    ]);
    const merged = mergeResults(stored, seen);
    expect(merged).toEqual({
      items: [
        item('a', { result: 'succeeded' }),
        item('b', { result: 'skipped', reason: 'it runs' }),
        item('c', { refusal: 'no' }),
      ],
      delta: { succeeded: 1, skipped: 1, failed: 0 },
    });
    expect(mergeResults(merged?.items ?? [], seen)).toBeUndefined();
  });

  it('of a barrier count for nobody', () => {
    const barrier = instanceIdOf({
      ...{ env: 'prod', project: 'p', workflow: 'w', family: 'barrier', scope: '' },
      ...{ bizDate: '2026-11-19', cycle: 1, task: 't', index: 1 },
    });
    expect(
      mergeResults([item(barrier)], new Map([[barrier, { result: 'succeeded' as const }]]))?.delta,
    ).toEqual({ succeeded: 0, skipped: 0, failed: 0 });
  });

  it('of two executions add up to one result each, and a success is never overruled', () => {
    const report = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom(...ItemResult.options),
    );
    fc.assert(
      fc.property(fc.array(report, { maxLength: 6 }), (reports) => {
        let items: readonly OperationItem[] = ['a', 'b', 'c', 'd'].map((id) => item(id));
        const counts = { succeeded: 0, skipped: 0, failed: 0 };
        for (const each of reports) {
          const seen = new Map(Object.entries(each).map(([id, result]) => [id, { result }]));
          const merged = mergeResults(items, seen);
          if (!merged) continue;
          items = merged.items;
          for (const name of ItemResult.options) counts[name] += merged.delta[name];
        }
        for (const name of ItemResult.options)
          expect(items.filter(({ result }) => result === name)).toHaveLength(counts[name]);
        for (const { id, result } of items)
          if (reports.some((each) => each[id] === 'succeeded')) expect(result).toBe('succeeded');
      }),
    );
  });
});
