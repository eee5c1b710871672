import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layeredLayout, nodeSize } from './layout.ts';
import { placeNodes } from './place-nodes.ts';

/** Random DAGs: every edge leads from a lower to a higher number. */
const dags = fc.integer({ min: 1, max: 60 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: size * 2 }).map((pairs) => ({
    nodes: Array.from({ length: size }, (_, at) => ({ id: `t${at}`, name: `t${at}` })),
    edges: pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ from: `t${Math.min(a, b)}`, to: `t${Math.max(a, b)}` })),
  })),
);

describe.each([
  ['layered', layeredLayout],
  ['as drawn', placeNodes],
])('the layout of a graph (%s)', (_, place) => {
  it('puts every child to the right of its parents and no node upon another', () => {
    fc.assert(
      fc.property(dags, ({ nodes, edges }) => {
        const places = place(nodes, edges);
        expect(places.size).toBe(nodes.length);
        for (const { from, to } of edges)
          expect(places.get(to)?.x).toBeGreaterThanOrEqual(
            (places.get(from)?.x ?? 0) + nodeSize.width,
          );

        const spots = [...places.values()];
        for (const [at, a] of spots.entries())
          for (const b of spots.slice(at + 1))
            expect(
              Math.abs(a.x - b.x) >= nodeSize.width || Math.abs(a.y - b.y) >= nodeSize.height,
            ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

it('a graph that has a cycle or names unknown nodes is still drawn', () => {
  const nodes = [{ id: 'a' }, { id: 'b' }];
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
    { from: 'nobody', to: 'a' },
  ];
  expect(layeredLayout(nodes, edges).size).toBe(2);
});

it('two thousand nodes are placed, whatever hangs below one', () => {
  const nodes = Array.from({ length: 2_000 }, (_, at) => ({ id: `t${at}`, name: `t${at}` }));
  const edges = nodes.slice(1).map(({ id }) => ({ from: 't0', to: id }));
  expect(placeNodes(nodes, edges).size).toBe(2_000);
});
