import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Status } from '../instance/instance.schema.ts';
import { buildGraph } from '../workflow/graph.ts';
import { type Standing, settledStatus } from './settled-status.ts';

const parents = new Map([
  ['a', []],
  ['b', ['a']],
  ['c', ['b']],
  ['d', []],
]);
const standing = (task: string, status: Status, paused = false): Standing => ({
  task,
  status,
  paused,
});

describe('the settled status of a run', () => {
  it('stays FAILED when everything that has not begun lies behind a failure', () => {
    const run = [
      standing('a', 'FAILED'),
      standing('b', 'NOT_RUN'),
      standing('c', 'NOT_RUN'),
      standing('d', 'SUCCESS'),
    ];
    expect(settledStatus('FAILED', parents, run)).toBe('FAILED');
  });

  it('is RUNNING while something else can still start', () => {
    const run = [
      standing('a', 'FAILED'),
      standing('b', 'NOT_RUN'),
      standing('c', 'NOT_RUN'),
      standing('d', 'NOT_RUN'),
    ];
    expect(settledStatus('FAILED', parents, run)).toBe('RUNNING');
  });

  it('does not count on what is paused, nor on what waits for it', () => {
    const run = [standing('a', 'NOT_RUN', true), standing('b', 'NOT_RUN'), standing('d', 'FAILED')];
    expect(settledStatus('CANCELLED', parents, run)).toBe('CANCELLED');
  });

  it('looks through tasks that have no instance in the run', () => {
    const run = [standing('a', 'FAILED'), standing('c', 'NOT_RUN')];
    expect(settledStatus('FAILED', parents, run)).toBe('FAILED');
  });

  const dags = fc
    .integer({ min: 1, max: 12 })
    .chain((size) =>
      fc.record({
        size: fc.constant(size),
        edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }),
        statuses: fc.array(fc.constantFrom<Status>('NOT_RUN', 'SUCCESS', 'FAILED'), {
          minLength: size,
          maxLength: size,
        }),
        paused: fc.array(fc.boolean(), { minLength: size, maxLength: size }),
      }),
    )
    .map(({ size, edges, statuses, paused }) => {
      const names = Array.from({ length: size }, (_, n) => `t${n}`);
      const graph = buildGraph(
        names,
        edges
          .filter(([from, to]) => from !== to)
          .map(([from, to]) => ({ from: `t${Math.min(from, to)}`, to: `t${Math.max(from, to)}` })),
      );
      const run = names.map((task, n) => standing(task, statuses[n] ?? 'SUCCESS', paused[n]));
      return { graph, run };
    });

  it('is RUNNING exactly when an unpaused instance has no failed and no paused waiting ancestor', () => {
    fc.assert(
      fc.property(dags, ({ graph, run }) => {
        const by = new Map(run.map((each) => [each.task, each]));
        const stops = (task: string) => {
          const { status, paused } = by.get(task) ?? standing(task, 'SUCCESS');
          return status === 'FAILED' || (status === 'NOT_RUN' && paused === true);
        };
        // A waiting ancestor is stuck only by what lies above it; an ended one lets nothing through from above.
        const blocked = (task: string): boolean =>
          stops(task) ||
          (by.get(task)?.status === 'NOT_RUN' && (graph.parents.get(task) ?? []).some(blocked));
        const canStart = run.some(({ task, status }) => status === 'NOT_RUN' && !blocked(task));
        expect(settledStatus('FAILED', graph.parents, run)).toBe(canStart ? 'RUNNING' : 'FAILED');
      }),
    );
  });

  it('never says RUNNING when nothing is left that has not begun', () => {
    fc.assert(
      fc.property(dags, ({ graph, run }) => {
        const ended = run.filter(({ status }) => status !== 'NOT_RUN');
        expect(settledStatus('CANCELLED', graph.parents, ended)).toBe('CANCELLED');
      }),
    );
  });

  it('does not depend on the order of tasks and instances', () => {
    fc.assert(
      fc.property(dags, ({ graph, run }) => {
        const backwards = new Map([...graph.parents].reverse());
        expect(settledStatus('FAILED', backwards, run.toReversed())).toBe(
          settledStatus('FAILED', graph.parents, run),
        );
      }),
    );
  });
});
