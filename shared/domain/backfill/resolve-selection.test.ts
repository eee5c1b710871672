import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import { BackfillSelection } from './backfill.schema.ts';
import { estimateSeconds } from './estimate-seconds.ts';
import { resolveSelection } from './resolve-selection.ts';
import { reachable, taskGraphOf } from './task-graph.ts';

const id = (name: string) => `p/w/${name}`;
const graphOf = (
  nodes: readonly string[],
  edges: readonly { from: string; to: string }[],
  paused: readonly string[] = [],
  projectOf: (name: string) => string = () => 'p',
) => {
  const graph = taskGraphOf(
    nodes.map((task) => ({
      ...{ id: id(task), project: projectOf(task), workflow: 'w', task, outputs: [] },
      paused: paused.includes(task),
    })),
    edges.map(({ from, to }) => ({ from: id(from), to: id(to) })),
  );
  return { all: graph, ofOneDate: graph };
};
const chain = [
  { from: 'a', to: 'b' },
  { from: 'b', to: 'c' },
  { from: 'c', to: 'd' },
];
const names = ['a', 'b', 'c', 'd'];
const resolved = (
  graphs: ReturnType<typeof graphOf>,
  selection: object,
  mayRun: (project: string) => boolean = () => true,
) => {
  const result = resolveSelection(
    graphs,
    BackfillSelection.parse({ roots: [id('a')], ...selection }),
    mayRun,
  );
  if (!result.ok) throw new Error(result.error.reason);
  const plain = (ids: readonly string[]) => ids.map((each) => each.slice('p/w/'.length)).join('');
  return {
    run: plain(result.value.run),
    dryRun: plain(result.value.dryRun),
    paused: plain(result.value.paused),
    forbidden: plain(result.value.forbidden),
  };
};

describe('the selection of a backfill', () => {
  it('takes levels below its roots', () => {
    const graphs = graphOf(names, chain);
    expect(resolved(graphs, {}).run).toBe('a');
    expect(resolved(graphs, { levels: 2 }).run).toBe('abc');
    expect(resolved(graphs, { levels: 'all' }).run).toBe('abcd');
    expect(resolved(graphs, { roots: ['p/w'] }).run).toBe('abcd');
  });

  it('N57 makes dry runs of what stands between', () => {
    const graphs = graphOf(names, chain);
    expect(resolved(graphs, { tasks: [id('d')] })).toMatchObject({ run: 'ad', dryRun: 'bc' });
    expect(resolved(graphs, { levels: 1, includeRoot: false })).toMatchObject({
      run: 'b',
      dryRun: 'a',
    });
  });

  it('leaves out paused tasks and everything below them, but not its roots', () => {
    const graphs = graphOf(names, chain, ['a', 'c']);
    expect(resolved(graphs, { levels: 'all' })).toMatchObject({ run: 'ab', paused: 'cd' });
    expect(resolved(graphs, { levels: 'all', skipPaused: false }).run).toBe('abcd');
    expect(resolved(graphs, { tasks: [id('d')] })).toMatchObject({ run: 'a', paused: 'd' });
  });

  it('cannot run tasks of projects where its owner may run nothing: between others they are dry-run', () => {
    const graphs = graphOf(names, chain, [], (name) => (name === 'b' ? 'foreign' : 'p'));
    expect(resolved(graphs, { levels: 'all' }, (project) => project === 'p')).toMatchObject({
      run: 'acd',
      dryRun: 'b',
      forbidden: 'b',
    });
  });

  it('N54 is refused beyond 2,000 listed tasks, and not in massive mode', () => {
    const many = ['a', ...Array.from({ length: 2_000 }, (_, n) => `t${n}`)];
    const graphs = graphOf(
      many,
      many.slice(1).map((to) => ({ from: 'a', to })),
    );
    expect(() => resolved(graphs, { levels: 'all' })).toThrow('too-many-tasks');
    expect(
      resolveSelection(
        graphs,
        BackfillSelection.parse({ roots: [id('a')], mode: 'massive' }),
        () => true,
      ),
    ).toMatchObject({ ok: true, value: { run: { length: 2_001 } } });
  });

  it('is refused when it names what is not there, or comes to nothing', () => {
    const graphs = graphOf(names, chain);
    expect(() => resolved(graphs, { roots: [id('z')] })).toThrow('unknown-tasks');
    expect(() => resolved(graphs, { tasks: [id('z')] })).toThrow('unknown-tasks');
    expect(() => resolved(graphs, {}, () => false)).toThrow('nothing-selected');
  });

  it('N57 runs every chosen task once and keeps their order through dry runs', () => {
    fc.assert(
      fc.property(
        dagArbitrary(),
        fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }),
        ({ nodes, edges }, picks) => {
          const graphs = graphOf(nodes, edges);
          const [root = '', ...ticked] = picks.map((n) => nodes[n % nodes.length] ?? '');
          const result = resolveSelection(
            graphs,
            BackfillSelection.parse({ roots: [id(root)], tasks: ticked.map(id) }),
            () => true,
          );
          if (!result.ok) throw new Error(result.error.reason);
          const run = new Set(result.value.run);
          const dryRun = new Set(result.value.dryRun);
          expect(run).toEqual(new Set([root, ...ticked].map(id)));
          for (const each of dryRun) expect(run.has(each)).toBe(false);
          const part = taskGraphOf(
            [...run, ...dryRun].flatMap((each) => graphs.all.tasks.get(each) ?? []),
            edges.map(({ from, to }) => ({ from: id(from), to: id(to) })),
          );
          for (const from of run)
            for (const to of run)
              expect(reachable(part.below, [from]).has(to)).toBe(
                reachable(graphs.all.below, [from]).has(to),
              );
        },
      ),
    );
  });

  it('is expected to take its longest chain on each date of its longest group', () => {
    const { all } = graphOf(names, [...chain, { from: 'a', to: 'd' }]);
    const dates = [0, 0, 1].map((group, n) => ({ bizDate: `2026-11-0${n + 1}`, group }));
    const seconds: Record<string, number> = { [id('a')]: 10, [id('c')]: 5 };
    expect(estimateSeconds(all, dates, (task) => seconds[task])).toBe(30);
    expect(estimateSeconds(all, dates, () => undefined)).toBeUndefined();
  });
});
