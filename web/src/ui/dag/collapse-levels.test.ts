import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collapseLevels } from './collapse-levels.ts';
import { pathsThrough } from './paths-through.ts';

/** Random pictures: nodes on levels 0 to 4, edges between any two. */
const pictures = fc.integer({ min: 1, max: 60 }).chain((size) =>
  fc.record({
    levels: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: size, maxLength: size }),
    pairs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.boolean()), {
      maxLength: size * 2,
    }),
    open: fc.uniqueArray(fc.integer({ min: 0, max: 4 })),
    kept: fc.nat(size - 1),
    most: fc.integer({ min: 1, max: 10 }),
  }),
);

describe('a large picture', () => {
  it('hides no node but in a box of its level, and leads every edge to where its ends are drawn', () => {
    fc.assert(
      fc.property(pictures, ({ levels, pairs, open, kept, most }) => {
        const nodes = levels.map((level, at) => ({ id: `t${at}`, name: `t${at}`, level }));
        const edges = pairs.map(([a, b, crossCycle]) => ({
          from: `t${a}`,
          to: `t${b}`,
          crossCycle,
        }));
        const drawn = collapseLevels(nodes, edges, {
          ...{ most, open: new Set(open) },
          keep: ({ id }) => id === `t${kept}`,
          nameOf: String,
        });

        const ids = new Set(drawn.nodes.map(({ id }) => id));
        const inBoxes = drawn.nodes.reduce((sum, { group = 0 }) => sum + group, 0);
        const single = drawn.nodes.filter(({ group }) => group === undefined).length;
        expect(single + inBoxes).toBe(nodes.length);
        expect(ids.has(`t${kept}`)).toBe(true);
        for (const node of nodes) {
          const siblings = nodes.filter(
            ({ level, id }) => level === node.level && id !== `t${kept}`,
          );
          const hidden = siblings.length > most && !open.includes(node.level);
          expect(ids.has(node.id)).toBe(!hidden || node.id === `t${kept}`);
        }
        for (const { from, to } of drawn.edges)
          expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
        const place = (id: string) =>
          ids.has(id) ? id : `level:${nodes.find((node) => node.id === id)?.level}`;
        for (const { from, to } of edges)
          if (place(from) !== place(to))
            expect(
              drawn.edges.some((edge) => edge.from === place(from) && edge.to === place(to)),
            ).toBe(true);
      }),
    );
  });

  it('draws an edge of a box dashed only when all that it stands for are', () => {
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, name: id, level: 1 }));
    const all = [...nodes, { id: 'z', name: 'z', level: 2 }];
    const edges = (crossCycle: boolean) => [
      { from: 'a', to: 'z', crossCycle: true },
      { from: 'b', to: 'z', crossCycle },
    ];
    const how = { most: 2, open: new Set<number>(), keep: () => false, nameOf: String };
    expect(collapseLevels(all, edges(true), how).edges).toEqual([
      { from: 'level:1', to: 'z', crossCycle: true },
    ]);
    expect(collapseLevels(all, edges(false), how).edges).toMatchObject([{ crossCycle: false }]);
  });
});

it('the paths through a node are all above and all below it, not its siblings', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'sibling' },
    { from: 'other', to: 'c' },
    { from: 'b', to: 'b' },
  ];
  expect([...pathsThrough('b', edges)].toSorted()).toEqual(['a', 'b', 'c']);
});
