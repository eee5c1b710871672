import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importWfFormat, type WfImport, type WfImported } from './wfformat.ts';

const folder = new URL('../../../tests/data/dags/wfinstances/', import.meta.url);

type Figures = {
  file: string;
  tasks: number;
  edges: number;
  depth: number;
  width: number;
  critical_s: number;
};

const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as Figures[];

const fileOf = (name: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(new URL(name, folder))).toString('utf8'));

const imported = (input: unknown, options: Partial<WfImport> = {}): WfImported => {
  const result = importWfFormat(input, { workflow: 'w', ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.error.slice(0, 3)));
  return result.value;
};

const aFile = (
  tasks: readonly { id: string; parents?: readonly string[]; children?: readonly string[] }[],
  seconds = 12,
) => ({
  schemaVersion: '1.5',
  workflow: {
    specification: { tasks },
    execution: { tasks: tasks.map(({ id }) => ({ id, runtimeInSeconds: seconds })) },
  },
});

describe('import of recorded workflows', () => {
  it('finds 25 files', () => expect(manifest).toHaveLength(25));

  it.each(manifest)('gives the published figures of $file', (figures) => {
    const result = imported(fileOf(figures.file), { kind: 'http', url: 'http://recorder/' });

    expect(result).toMatchObject({
      tasks: figures.tasks,
      edges: figures.edges,
      depth: figures.depth,
      width: figures.width,
    });
    expect(Math.abs(result.criticalPathSeconds - figures.critical_s)).toBeLessThanOrEqual(0.051);
    expect(new Set(result.definition.tasks.map(({ name }) => name)).size).toBe(figures.tasks);
  });

  it('keeps ids that are names and gives the others a stable unique name', () => {
    const long = `${'A.very-long_'.repeat(9)}end`;
    const file = aFile([{ id: 'ok_1' }, { id: long }, { id: `${long}2` }, { id: '~$/' }]);

    const names = imported(file).definition.tasks.map(({ name }) => name);

    expect(names[0]).toBe('ok_1');
    expect(new Set(names).size).toBe(4);
    expect(imported(file).definition.tasks.map(({ name }) => name)).toEqual(names);
    expect(imported(file).definition.tasks[1]?.description).toBe(long);
  });

  it('posts the recorded id and the divided time', () => {
    const long = 'x'.repeat(80);
    const { definition } = imported(aFile([{ id: long }, { id: 'b', parents: [long] }], 10), {
      kind: 'http',
      url: 'http://recorder/',
      speed: 1000,
    });

    expect(definition.tasks[0]).toMatchObject({
      kind: 'http',
      method: 'POST',
      url: 'http://recorder/',
      body: { workflow: 'w', run: '${run}', task: long, attempt: '${attempt}', seconds: 0.01 },
      retries: { count: 3, intervalSeconds: 1, onTimeout: true, onLost: true },
    });
    expect(definition.tasks[1]?.upstreams).toMatchObject([{ task: definition.tasks[0]?.name }]);
  });

  it('waits the divided time, or not at all', () => {
    const file = aFile([{ id: 'a' }], 30);
    expect(imported(file, { speed: 10 }).definition.tasks[0]).toMatchObject({
      kind: 'wait',
      seconds: 3,
    });
    expect(imported(file, { kind: 'noop' }).definition.tasks[0]).toMatchObject({ kind: 'noop' });
  });

  it('keeps the critical path in recorded seconds whatever the speed', () => {
    const file = aFile([{ id: 'a', children: ['b'] }, { id: 'b' }], 7);
    expect(imported(file, { speed: 1000 }).criticalPathSeconds).toBe(14);
  });

  it.each([
    ['no object', 7, 'invalid-type'],
    ['another version', { ...aFile([{ id: 'a' }]), schemaVersion: '1.3' }, 'invalid-value'],
    ['an unknown parent', aFile([{ id: 'a', parents: ['b'] }]), 'unknown-upstream'],
    ['an unknown child', aFile([{ id: 'a', children: ['b'] }]), 'unknown-downstream'],
    ['a doubled id', aFile([{ id: 'a' }, { id: 'a' }]), 'duplicate-task'],
    [
      'a circle',
      aFile([
        { id: 'a', parents: ['b'] },
        { id: 'b', parents: ['a'] },
      ]),
      'cycle',
    ],
  ])('refuses %s', (_name, file, code) => {
    const result = importWfFormat(file, { workflow: 'w' });
    expect(result.ok ? [] : result.error.map((problem) => problem.code)).toContain(code);
  });

  it('refuses http without an address and a speed of 0', () => {
    expect(importWfFormat(aFile([{ id: 'a' }]), { workflow: 'w', kind: 'http' }).ok).toBe(false);
    expect(importWfFormat(aFile([{ id: 'a' }]), { workflow: 'w', speed: 0 }).ok).toBe(false);
  });
});
