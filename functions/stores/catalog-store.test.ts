import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Project } from '../../shared/domain/project/project.schema.ts';
import { newWorkflow, publishVersion } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { aWorkflow } from '../../shared/testing/a-workflow.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type CatalogStore, catalogStore } from './catalog-store.ts';

const at = '2026-11-20T02:00:00.000Z';
const facts = { tags: [], dependsOn: [] as string[] };

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 41],
])('the catalog, %s', (_, seed) => {
  let open: OpenTables;
  let catalog: CatalogStore;

  beforeAll(async () => {
    open = await openTables({ seed });
    catalog = catalogStore({ client: open.client, table: open.tables.catalog });
  });
  afterAll(() => open.close());

  const project = (name: string) => Project.parse({ name, createdAt: at, updatedAt: at, rev: 1 });
  const publish = async (
    definition: WorkflowDefinition,
    { project = 'p', dependsOn = facts.dependsOn, unseen = false } = {},
  ) => {
    const content = await catalog.putContent(project, definition, { of: definition.workflow });
    const stored = unseen ? undefined : await catalog.findWorkflow(project, definition.workflow);
    const record = publishVersion(
      stored ?? newWorkflow({ project, workflow: definition.workflow }, facts, at),
      { ...facts, dependsOn },
      { content, at, by: 'ann', tasks: definition.tasks.length, periodic: true },
    );
    return catalog.saveVersion(record, stored?.rev);
  };

  it('saves a document for one of two editors and tells the other', async () => {
    const created = await catalog.saveProject(project('one'), undefined);
    expect(created).toMatchObject({ ok: true, value: { name: 'one', rev: 1 } });
    expect(await catalog.saveProject(project('one'), undefined)).toMatchObject({ error: 'exists' });

    const edits = await Promise.all(
      ['A', 'B', 'C'].map((title) => catalog.saveProject({ ...project('one'), title }, 1)),
    );
    expect(edits.filter(({ ok }) => ok)).toHaveLength(1);
    expect(edits.filter((edit) => !edit.ok && edit.error === 'stale')).toHaveLength(2);
    expect((await catalog.findProject('one'))?.rev).toBe(2);
  });

  it('lists documents by name, page by page', async () => {
    for (const name of ['l3', 'l1', 'l2']) await catalog.saveProject(project(name), undefined);
    const first = await catalog.listProjects({ limit: 2 });
    const rest = await catalog.listProjects({ cursor: first.cursor });
    const names = [...first.items, ...rest.items].map(({ name }) => name);
    expect(names).toEqual([...names].toSorted());
    expect(names).toEqual(expect.arrayContaining(['l1', 'l2', 'l3']));
  });

  it('keeps limits, calendars, datasets, settings and switches of tasks', async () => {
    await catalog.saveGroup({ name: 'small', slots: 3 }, undefined);
    expect(await catalog.allGroups()).toEqual([{ name: 'small', slots: 3, rev: 1 }]);
    await catalog.saveSystemSettings({ retryCount: 3 }, undefined);
    expect(await catalog.systemSettings()).toMatchObject({ retryCount: 3, rev: 1 });

    const dataset = {
      project: 'p',
      name: 'd',
      location: 's3://bucket/d.csv',
      format: 'csv',
    } as const;
    await catalog.saveDataset(dataset, undefined);
    expect(await catalog.findDatasets('p', ['d', 'none'])).toEqual([{ ...dataset, rev: 1 }]);
    expect(await catalog.removeDataset('p', 'd', 7)).toBe(false);
    await catalog.removeDataset('p', 'd', 1);
    expect(await catalog.findDataset('p', 'd')).toBeUndefined();

    const state = { env: 'prod', project: 'p', workflow: 'w', task: 't' } as const;
    const paused = { since: at, by: 'ann', reason: 'repair' };
    await catalog.saveTaskState({ ...state, paused }, undefined);
    expect(await catalog.findTaskState('prod', 'p', 'w', 't')).toEqual({
      ...state,
      paused,
      rev: 1,
    });
    expect(await catalog.taskStatesOf('dev', 'p', 'w')).toEqual([]);
  });

  it('gives back a version as it was published, and each of its tasks', async () => {
    const definition = aWorkflow({
      workflow: 'big',
      tasks: Array.from({ length: 60 }, (_, n) => ({
        name: `z${(n * 7) % 60}`,
        kind: 'lambda' as const,
        functionName: 'f',
        payload: { tiny: 1e-300, n },
      })),
    });
    const saved = await publish(definition);
    if (!saved.ok || !saved.value.latest) throw new Error('not published');
    const ref = { project: 'p', workflow: 'big', content: saved.value.latest.content };
    expect(await catalog.definitionOf(ref)).toEqual(definition);
    expect(await catalog.taskOf(ref, 'z7')).toEqual(definition.tasks[1]);
    expect(await catalog.taskOf(ref, 'nobody')).toBeUndefined();
    expect(await catalog.graphOf(ref)).toEqual({ of: 'big' });
    expect(await catalog.findVersion('p', 'big', 1)).toEqual(saved.value.latest);
  });

  it('gives one version number to one of two who publish at once, and mixes nothing', async () => {
    const [a, b] = ['left', 'right'].map((name) =>
      aWorkflow({
        workflow: 'raced',
        tasks: [
          { name, kind: 'noop' },
          { name: 'both', kind: 'noop' },
        ],
      }),
    );
    if (!a || !b) throw new Error('no definitions');
    const results = await Promise.all([a, b].map((each) => publish(each, { unseen: true })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const record = await catalog.findWorkflow('p', 'raced');
    const ref = { project: 'p', workflow: 'raced', content: record?.latest?.content ?? '' };
    const winner = results[0]?.ok ? a : b;
    expect(await catalog.definitionOf(ref)).toEqual(winner);
    expect((await catalog.findVersion('p', 'raced', 1))?.content).toBe(ref.content);
  });

  it('lists versions, the newest first', async () => {
    for (const task of ['x', 'y', 'z'])
      await publish(aWorkflow({ workflow: 'v', tasks: [{ name: task, kind: 'noop' }] }));
    const page = await catalog.listVersions('p', 'v', { limit: 2 });
    expect(page.items.map(({ version }) => version)).toEqual([3, 2]);
    const rest = await catalog.listVersions('p', 'v', { cursor: page.cursor });
    expect(rest.items.map(({ version }) => version)).toEqual([1]);
    expect((await catalog.listWorkflows('p')).items.map(({ workflow }) => workflow)).toContain('v');
  });

  it('knows who depends on a workflow, and forgets it when a newer version does not', async () => {
    const child = (task: string) =>
      aWorkflow({ workflow: 'child', tasks: [{ name: task, kind: 'noop' }] });
    await publish(child('a'), { project: 'q', dependsOn: ['p/up'] });
    expect(await catalog.dependantsOf('p', 'up')).toEqual(['q/child']);
    await publish(child('b'), { project: 'q' });
    expect(await catalog.dependantsOf('p', 'up')).toEqual([]);
  });

  it('keeps a draft of any shape and size', async () => {
    const draft = { broken: true, text: Array.from({ length: 300_000 }, (_, n) => n.toString(36)) };
    await catalog.putDraft('p', 'w', draft);
    expect(await catalog.findDraft('p', 'w')).toEqual(draft);
    await catalog.putDraft('p', 'w', { small: 1 });
    expect(await catalog.findDraft('p', 'w')).toEqual({ small: 1 });
    expect(await catalog.findDraft('p', 'none')).toBeUndefined();
  });
});
