import fc from 'fast-check';

type SmallDag = {
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
};

/** Acyclic graphs of up to `most` nodes: edges lead from earlier to later names, shown in any order. */
export const dagArbitrary = (most = 8): fc.Arbitrary<SmallDag> =>
  fc
    .integer({ min: 1, max: most })
    .chain((size) =>
      fc.record({
        nodes: fc.shuffledSubarray(
          Array.from({ length: size }, (_, i) => `n${i}`),
          { minLength: size },
        ),
        pairs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: size * 2 }),
      }),
    )
    .map(({ nodes, pairs }) => ({
      nodes,
      edges: pairs.flatMap(([a, b]) =>
        a === b ? [] : [{ from: `n${Math.min(a, b)}`, to: `n${Math.max(a, b)}` }],
      ),
    }));
