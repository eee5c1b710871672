import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWorkflow } from '../../testing/a-workflow.ts';
import { dagArbitrary } from '../../testing/dag-arbitrary.ts';
import { dependenciesOf } from './dependencies-of.ts';
import { findCycles } from './find-cycles.ts';
import {
  ancestorsOf,
  buildGraph,
  criticalPathSeconds,
  descendantsOf,
  graphOf,
  neighbourhood,
} from './graph.ts';

const diamond = buildGraph(
  ['d', 'c', 'b', 'a'],
  [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
    { from: 'b', to: 'd' },
    { from: 'c', to: 'd' },
  ],
);

describe('graph of a workflow', () => {
  it('puts parents before children and counts levels', () => {
    expect(diamond).toMatchObject({ order: ['a', 'c', 'b', 'd'], depth: 3, width: 2 });
    expect(diamond.levels).toEqual([['a'], ['c', 'b'], ['d']]);
  });

  it('adds up the longest chain', () => {
    const seconds: Record<string, number> = { a: 1, b: 10, c: 2, d: 3 };
    expect(criticalPathSeconds(diamond, (node) => seconds[node] ?? 0)).toBe(14);
  });

  it('N46 shows the neighbourhood of a task to any depth', () => {
    expect([...neighbourhood(diamond, 'b', { up: 1, down: 1 }).nodes]).toEqual(['b', 'a', 'd']);
    expect(neighbourhood(diamond, 'b', { up: 0, down: 0 })).toEqual({
      nodes: new Set(['b']),
      edges: [],
    });
    expect([...ancestorsOf(diamond, 'd')]).toEqual(['b', 'c', 'a']);
    expect([...descendantsOf(diamond, 'a')].toSorted()).toEqual(['b', 'c', 'd']);
  });

  it('N33 marks edges to earlier cycles and keeps them out of the order', () => {
    const definition = aWorkflow({
      tasks: [
        {
          name: 'a',
          kind: 'noop',
          selfDependent: true,
          upstreams: [{ task: 'b', period: 'last' }],
        },
        { name: 'b', kind: 'noop', upstreams: ['a', { task: 'x', workflow: 'v' }] },
      ],
    });
    expect(dependenciesOf(definition)).toEqual([
      { child: 'a', task: 'b', crossCycle: true, kind: 'cross-cycle' },
      { child: 'a', task: 'a', crossCycle: true, kind: 'self' },
      { child: 'b', task: 'a', crossCycle: false, kind: 'current' },
      { child: 'b', task: 'x', workflow: 'v', crossCycle: false, kind: 'current' },
    ]);
    expect(graphOf(definition).edges).toEqual([{ from: 'a', to: 'b' }]);
  });

  it('refuses a circle', () => {
    expect(() => buildGraph(['a'], [{ from: 'a', to: 'a' }])).toThrow('cycle');
  });

  it('has every node once, after all its parents, one level below the deepest', () => {
    fc.assert(
      fc.property(dagArbitrary(), ({ nodes, edges }) => {
        const graph = buildGraph(nodes, edges);
        const levelOf = new Map(graph.levels.flatMap((level, i) => level.map((node) => [node, i])));

        expect(graph.order.toSorted()).toEqual([...nodes].toSorted());
        for (const node of nodes) {
          const above = (graph.parents.get(node) ?? []).map((parent) => levelOf.get(parent) ?? -1);
          expect(levelOf.get(node)).toBe(above.length === 0 ? 0 : Math.max(...above) + 1);
          for (const ancestor of ancestorsOf(graph, node))
            expect(descendantsOf(graph, ancestor).has(node)).toBe(true);
        }
        expect(criticalPathSeconds(graph, () => 1)).toBe(graph.depth);
        expect(findCycles(nodes, edges)).toEqual([]);
      }),
    );
  });

  it('finds a circle exactly when an edge closes one', () => {
    fc.assert(
      fc.property(dagArbitrary(), fc.nat(7), fc.nat(7), ({ nodes, edges }, a, b) => {
        const [from, to] = [nodes[a % nodes.length] ?? '', nodes[b % nodes.length] ?? ''];
        const graph = buildGraph(nodes, edges);
        const closes = from === to || ancestorsOf(graph, from).has(to);
        const cycles = findCycles(nodes, [...edges, { from, to }]);

        expect(cycles.length > 0).toBe(closes);
        for (const cycle of cycles)
          for (const [i, node] of cycle.entries())
            expect([...edges, { from, to }]).toContainEqual({
              from: node,
              to: cycle[(i + 1) % cycle.length],
            });
      }),
    );
  });
});

type ArgoTask = { name: string; depends?: string; dependencies?: string[] };
type ArgoDag = { file: string; template: string; tasks: ArgoTask[] };

const argo = (
  JSON.parse(
    readFileSync(new URL('../../../tests/data/dags/argo-dags.json', import.meta.url), 'utf8'),
  ) as { argo: ArgoDag[] }
).argo;

/** `A.Succeeded && (B || C)` names the tasks A, B and C. */
const namesIn = ({ depends = '', dependencies = [] }: ArgoTask): string[] => [
  ...dependencies,
  ...depends.split(/&&|\|\||[!() ]/).flatMap((part) => part.split('.')[0] || []),
];

describe('shapes of real DAGs', () => {
  it('has some to look at', () => expect(argo.length).toBeGreaterThan(20));

  it.each(argo.map((dag, i) => [`${i} ${dag.file} ${dag.template}`, dag] as const))(
    'orders %s by its dependencies',
    (_name, dag) => {
      const definition = aWorkflow({
        workflow: 'argo',
        tasks: dag.tasks.map((task) => ({
          name: task.name,
          kind: 'noop' as const,
          upstreams: [...new Set(namesIn(task))],
        })),
      });
      const graph = graphOf(definition);
      const levelOf = new Map(graph.levels.flatMap((level, i) => level.map((node) => [node, i])));

      expect(graph.order).toHaveLength(dag.tasks.length);
      for (const task of dag.tasks)
        for (const parent of namesIn(task))
          expect(levelOf.get(parent) ?? Number.NaN).toBeLessThan(levelOf.get(task.name) ?? -1);
    },
  );
});
