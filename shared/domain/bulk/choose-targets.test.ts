import { describe, expect, it } from 'vitest';
import { instanceIdOf } from '../instance/instance-id.ts';
import type { Candidate } from './candidate.schema.ts';
import { chooseTargets } from './choose-targets.ts';
import type { DownstreamSelection } from './operation.schema.ts';

const id = (task: string, family: 'recurring' | 'barrier' = 'recurring') =>
  instanceIdOf({
    ...{ env: 'prod', project: 'p', workflow: 'w', family, scope: '', bizDate: '2026-11-19' },
    ...{ cycle: 1, task, index: 1 },
  });
const candidate = (task: string, more: Partial<Candidate> = {}): Candidate => ({
  id: id(task),
  status: 'SUCCESS',
  ...more,
});
const selection = (more: Partial<DownstreamSelection> = {}): DownstreamSelection => ({
  root: id('a'),
  range: 'all',
  includeRoot: true,
  ...more,
});
const tasksOf = (items: readonly { readonly id: string }[]) =>
  items.map((item) => item.id.split('~')[6]);

/** a → b (failed) → c (waits) → d, all of one workflow. */
const chain = [
  candidate('a', { root: true, children: [id('b')] }),
  candidate('b', { status: 'FAILED', children: [id('c')] }),
  candidate('c', { status: 'NOT_RUN', does: 'waits', children: [id('d')] }),
  candidate('d'),
];
const chosenBy = (more: Partial<DownstreamSelection>) =>
  tasksOf(chooseTargets('rerun-downstream', chain, selection(more)).targets);

describe('what a rerun of what is below is carried out on', () => {
  it('N38 is the ticked, the failed, the ended or all, with the root unless told otherwise', () => {
    expect(chosenBy({ range: 'list', ids: [id('b'), id('d')] })).toEqual(['a', 'b', 'd']);
    expect(chosenBy({ range: 'all-failed' })).toEqual(['a', 'b']);
    expect(chosenBy({ range: 'terminal' })).toEqual(['a', 'b', 'd']);
    expect(chosenBy({ range: 'all' })).toEqual(['a', 'b', 'c', 'd']);
    expect(chosenBy({ range: 'all-failed', includeRoot: false })).toEqual(['b']);
  });

  it('N38 keeps a ticked one that may not run out, with its reason, and the others in', () => {
    const refused = chain.map((each) =>
      each.id === id('c') ? { ...each, refusal: 'it waits' } : each,
    );
    const { targets, ineligible, items } = chooseTargets(
      'rerun-downstream',
      refused,
      selection({ range: 'list', ids: [id('b'), id('c')] }),
    );
    expect(tasksOf(targets)).toEqual(['a', 'b']);
    expect(ineligible).toMatchObject([{ id: id('c'), refusal: 'it waits' }]);
    expect(items.at(-1)).toMatchObject({ id: id('c'), refusal: 'it waits' });
  });

  it('N39 is in order of dependency', () => {
    const { items, levels } = chooseTargets('rerun-downstream', chain, selection());
    expect(items.map(({ level }) => level)).toEqual([0, 1, 2, 3]);
    expect(tasksOf(items)).toEqual(['a', 'b', 'c', 'd']);
    expect(levels).toBe(4);
  });

  it('leaves out what an edge names and nobody has generated yet', () => {
    const ahead = [...chain, { id: id('e'), refusal: 'there is no such instance' }];
    const { ineligible } = chooseTargets('rerun-downstream', ahead, selection());
    expect(ineligible).toEqual([]);
  });

  it('runs a barrier again that stands between two targets, uncounted, and no other', () => {
    const [between, beside] = [id('x', 'barrier'), id('y', 'barrier')];
    const found: Candidate[] = [
      candidate('a', { root: true, children: [between, beside] }),
      { id: between, status: 'SUCCESS', children: [id('b')] },
      { id: beside, status: 'SUCCESS', children: [id('z')] },
      candidate('b'),
      candidate('z', { status: 'NOT_RUN' }),
    ];
    const { items, targets } = chooseTargets(
      'rerun-downstream',
      found,
      selection({ range: 'terminal' }),
    );
    expect(items.map((item) => [item.id, item.level])).toEqual([
      [id('a'), 0],
      [between, 1],
      [id('b'), 2],
    ]);
    expect(targets).toHaveLength(2);
  });
});

describe('what a rerun of many is carried out on', () => {
  it('keeps the order among them, by what each waits for', () => {
    const { items } = chooseTargets('rerun', [
      candidate('b', { parents: [id('a'), id('other')] }),
      candidate('a', { parents: [] }),
    ]);
    expect(items.map((item) => [item.id, item.level])).toEqual([
      [id('a'), 0],
      [id('b'), 1],
    ]);
  });
});
