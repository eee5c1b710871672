import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFacts } from '../../shared/domain/message/example-facts.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';
import { loadComposer } from '../channels/load-composer.ts';

const at = '2026-11-20T10:00:00.000Z';
let tables: OpenTables;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  tables = await openTables();
  api = startApi(lineStores(tables.client, tables.tables), () => at);
});
afterAll(() => tables.close());

const root = () => api.as('root', ['admin']);
const key = { channel: 'mail', kind: 'task-failed', language: 'en' } as const;
const words = { subject: '{task} broke', body: 'Look at {link}\n\n{error}' };
const sent = async () => {
  const stores = lineStores(tables.client, tables.tables);
  const compose = await loadComposer(stores, { consoleUrl: undefined, now: at });
  return compose(exampleFacts({ kind: 'task-failed', reason: 'occurrence', at }), key).subject;
};
const builtIn = '[example] Task failed: daily_sales/load (2026-01-31)';

describe('words of messages', () => {
  it('are those built in until an administrator changes them, then the newest version', async () => {
    expect(await api.as('eve')('getMessageTemplate', { params: key })).toMatchObject({
      ...{ custom: false, rev: 0, current: { subject: '[{project}] {headline}' } },
      facts: expect.arrayContaining([
        expect.objectContaining({ name: 'facts', block: true }),
        expect.objectContaining({ name: 'task', block: false }),
      ]),
    });
    expect(await sent()).toBe(builtIn);
    const saved = await root()('saveMessageTemplate', { params: key, body: words, ifMatch: 0 });
    expect(saved).toMatchObject({ custom: true, rev: 1, current: words, by: 'root' });
    expect(await sent()).toBe('load broke');
    const second = { ...words, subject: '{task} broke again', note: 'clearer' };
    await root()('saveMessageTemplate', { params: key, body: second, ifMatch: 1 });
    expect(await sent()).toBe('load broke again');
    expect(await root()('listMessageTemplates', {})).toMatchObject({ items: [{ version: 2 }] });
  });

  it('keep their versions; an earlier one, or those built in, can count again', async () => {
    const revert = (to: number, ifMatch: number) =>
      root()('revertMessageTemplate', { params: key, body: { to }, ifMatch });
    expect(await revert(1, 2)).toMatchObject({ rev: 3, current: words });
    expect(await sent()).toBe('load broke');
    expect(await revert(0, 3)).toMatchObject({ rev: 4, custom: false });
    expect(await sent()).toBe(builtIn);
    await expect(revert(0, 4)).rejects.toMatchObject({ code: 'nothing-changed' });
    await expect(revert(9, 4)).rejects.toMatchObject({ code: 'version-not-found' });
    const { items } = await root()('listTemplateVersions', { params: key });
    expect(items.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
    expect(items[2]).toMatchObject({ note: 'clearer', subject: '{task} broke again' });
  });

  it('that name no fact are refused with the facts there are', async () => {
    const save = (body: typeof words) =>
      root()('saveMessageTemplate', { params: key, body, ifMatch: 4 });
    await expect(save({ ...words, body: 'Hi {taks}' })).rejects.toMatchObject({
      code: 'template-invalid',
      problem: {
        detail: expect.stringMatching(
          /names \{taks\}, which is no fact; there are \{headline\}, .*\{task\}/,
        ),
        errors: [{ path: 'body.body' }],
      },
    });
    await expect(save({ ...words, subject: 'a { b' })).rejects.toMatchObject({
      problem: { errors: [{ path: 'body.subject' }] },
    });
  });

  it('are not overwritten by whoever saw an older version, also at the same moment', async () => {
    const save = (subject: string) =>
      root()('saveMessageTemplate', { params: key, body: { ...words, subject }, ifMatch: 4 });
    const ends = await Promise.allSettled([save('a'), save('b'), save('c')]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(save('d')).rejects.toMatchObject({ code: 'stale-rev', problem: { rev: 5 } });
  });

  it('can be looked at before they are saved, by everybody, and changed by administrators only', async () => {
    const preview = (body: object) => api.as('eve')('previewMessage', { body: body as never });
    const { content } = await preview({ ...key, words, reason: 'reminder' });
    expect(content.subject).toBe('Reminder: load broke');
    const broken = await preview({ ...key, words: { ...words, body: '{nothing}' } });
    expect(broken).toMatchObject({ problem: expect.stringContaining('{nothing}') });
    expect(broken.content.text).toContain('could not be filled');
    await expect(
      api.as('eve')('saveMessageTemplate', { params: key, body: words, ifMatch: 5 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
