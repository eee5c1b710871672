import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import { estimateOperation } from './estimate-operation.ts';
import { orderTargets } from './order-targets.ts';

describe('the order of an operation', () => {
  it('N39 puts every instance behind all that it waits for, in as few steps as the longest chain has', () => {
    fc.assert(
      fc.property(dagArbitrary(30), ({ nodes, edges }) => {
        const levels = orderTargets(nodes, edges);
        expect([...levels.keys()].toSorted()).toEqual(nodes.toSorted());
        for (const { from, to } of edges)
          expect(levels.get(to) ?? 0).toBeGreaterThan(levels.get(from) ?? 0);
        // Each step has somebody who could not have come earlier.
        for (const [id, level] of levels)
          if (level > 0)
            expect(edges.some(({ from, to }) => to === id && levels.get(from) === level - 1)).toBe(
              true,
            );
      }),
    );
  });

  it('N39 heeds only what is between the chosen ones', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ];
    expect([...orderTargets(['a', 'c'], edges)]).toEqual([
      ['a', 0],
      ['c', 0],
    ]);
  });

  it('ends on a cycle, behind all others', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
    ];
    expect([...orderTargets(['a', 'b', 'c'], edges).values()]).toEqual([0, 1, 1]);
  });
});

describe('the estimate of an operation', () => {
  const load = (id: string, seconds?: number, pools: string[] = []) => ({ id, seconds, pools });
  const chain = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
  ];

  it('is at least the longest chain, and at least the work of a pool over its slots', () => {
    const loads = [load('a', 10), load('b', 20), load('c', 5), load('d', 30)];
    expect(estimateOperation(loads, chain, () => 1)).toEqual({
      workSeconds: 65,
      atLeastSeconds: 35,
      withoutHistory: 0,
    });
    const pooled = loads.map((each) => ({ ...each, pools: ['throttle:few'] }));
    expect(estimateOperation(pooled, chain, () => 1).atLeastSeconds).toBe(65);
    expect(estimateOperation(pooled, chain, () => 5).atLeastSeconds).toBe(35);
  });

  it('says of how many it knows nothing', () => {
    expect(estimateOperation([load('a', 10), load('b')], chain, () => 1)).toEqual({
      workSeconds: 10,
      atLeastSeconds: 10,
      withoutHistory: 1,
    });
  });

  it('never promises less than a longest chain or more than everything one by one', () => {
    fc.assert(
      fc.property(dagArbitrary(12), fc.integer({ min: 1, max: 4 }), ({ nodes, edges }, slots) => {
        const loads = nodes.map((id, n) => load(id, n + 1, ['p']));
        const { workSeconds, atLeastSeconds } = estimateOperation(loads, edges, () => slots);
        expect(atLeastSeconds).toBeLessThanOrEqual(workSeconds);
        expect(atLeastSeconds).toBeGreaterThanOrEqual(
          Math.max(...loads.map((l) => l.seconds ?? 0)),
        );
        expect(atLeastSeconds).toBeGreaterThanOrEqual(workSeconds / slots);
      }),
    );
  });
});
