import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deleteWorkflow,
  newWorkflow,
  pinAt,
  publishVersion,
  saveDraft,
  setOffline,
  setOnline,
  setTiming,
  workflowStateOf,
} from './change-workflow.ts';
import { WorkflowRecord } from './workflow-record.schema.ts';

const facts = { tags: [], dependsOn: [] };
const t = (minute: number) => `2026-11-20T00:${String(minute).padStart(2, '0')}:00.000Z`;
const draft = newWorkflow({ project: 'p', workflow: 'w' }, facts, t(0));
const publish = (record: WorkflowRecord, content: string, minute: number, periodic = true) =>
  publishVersion(record, facts, { content, at: t(minute), by: 'ann', tasks: 1, periodic });
const online = (record: WorkflowRecord, minute: number, env: 'prod' | 'dev' = 'prod') => {
  const result = setOnline(record, env, record.latest, { at: t(minute) });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

describe('a workflow', () => {
  it('W13: a DRAFT workflow cannot go online', () => {
    expect(setOnline(draft, 'prod', undefined, { at: t(1) })).toMatchObject({
      ok: false,
      error: { reason: 'not-published' },
    });
    expect(workflowStateOf(draft, 'prod')).toMatchObject({ publish: 'DRAFT', online: 'OFFLINE' });
  });

  it('W13: a workflow that is not online cannot be timed', () => {
    const published = publish(draft, 'a', 1);
    expect(setTiming(published, 'prod', 'ON', { at: t(2) })).toMatchObject({
      ok: false,
      error: { reason: 'not-online' },
    });
    expect(setTiming(online(published, 2), 'dev', 'ON', { at: t(3) })).toMatchObject({
      ok: false,
      error: { reason: 'not-online' },
    });
  });

  it('W14: timing on is refused for a workflow without a schedule', () => {
    const byHand = online(publish(draft, 'a', 1, false), 2);
    expect(setTiming(byHand, 'prod', 'ON', { at: t(3) })).toMatchObject({
      ok: false,
      error: { reason: 'not-periodic' },
    });
  });

  it('W15: going offline turns timing off', () => {
    const timed = setTiming(online(publish(draft, 'a', 1), 2), 'prod', 'ON', { at: t(3) });
    if (!timed.ok) throw new Error(timed.error.message);
    const offline = setOffline(timed.value, 'prod', { at: t(4) });
    expect(offline.ok && workflowStateOf(offline.value, 'prod')).toMatchObject({
      online: 'OFFLINE',
      timing: 'OFF',
    });
  });

  it('W16: editing and publishing leave the pinned version until it goes online again', () => {
    const first = online(publish(draft, 'a', 1), 2);
    const edited = saveDraft(first, facts, { at: t(3), by: 'bob' });
    expect(workflowStateOf(edited, 'prod')).toMatchObject({ publish: 'MODIFIED', version: 1 });

    const second = publish(edited, 'b', 4);
    expect(workflowStateOf(second, 'prod')).toMatchObject({
      publish: 'PUBLISHED',
      version: 1,
      latestVersion: 2,
    });
    expect(workflowStateOf(online(second, 5), 'prod').version).toBe(2);
  });

  it('makes no version of a definition that is the newest already', () => {
    expect(publish(publish(draft, 'a', 1), 'a', 2).latest?.version).toBe(1);
  });

  it('N10: generation sees what was online at its cut-off, not what came later', () => {
    const record = online(publish(online(publish(draft, 'a', 1), 2), 'b', 3), 5);
    expect(pinAt(record, 'prod', t(1))).toBeUndefined();
    expect(pinAt(record, 'prod', t(2))?.version).toBe(1);
    expect(pinAt(record, 'prod', t(4))?.version).toBe(1);
    expect(pinAt(record, 'prod', t(9))?.version).toBe(2);
    expect(pinAt(record, 'dev', t(9))).toBeUndefined();
  });

  it('W18: is not deleted while it is online, has an active run, or a dependant', () => {
    const off = publish(draft, 'a', 1);
    const none = { activeRuns: 0, dependants: [], at: t(9) };
    expect(deleteWorkflow(online(off, 2), none)).toMatchObject({
      error: { reason: 'still-online' },
    });
    expect(deleteWorkflow(off, { ...none, activeRuns: 1 })).toMatchObject({
      error: { reason: 'runs-active' },
    });
    expect(deleteWorkflow(off, { ...none, dependants: ['p/x'] })).toMatchObject({
      error: { reason: 'has-dependants', message: expect.stringContaining('p/x') },
    });
    const deleted = deleteWorkflow(off, none);
    expect(deleted.ok && deleted.value.deletedAt).toBe(t(9));
    expect(deleted.ok && publish(deleted.value, 'a', 10).latest?.version).toBe(2);
  });

  it('stays valid, never times what is offline, and answers for every past instant, whatever happens', () => {
    const step = fc.constantFrom(
      'draft',
      'publish',
      'publish-manual',
      'online',
      'offline',
      'on',
      'off',
    );
    const env = fc.constantFrom('prod' as const, 'dev' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(step, env), { maxLength: 40 }), (steps) => {
        let record = draft;
        const seen: { at: string; version: number }[] = [];
        steps.forEach(([name, where], n) => {
          const at = t(n + 1);
          const result = {
            draft: () => ({ ok: true as const, value: saveDraft(record, facts, { at, by: 'x' }) }),
            publish: () => ({ ok: true as const, value: publish(record, `c${n}`, n + 1) }),
            'publish-manual': () => ({
              ok: true as const,
              value: publish(record, `c${n}`, n + 1, false),
            }),
            online: () => setOnline(record, where, record.latest, { at }),
            offline: () => setOffline(record, where, { at }),
            on: () => setTiming(record, where, 'ON', { at }),
            off: () => setTiming(record, where, 'OFF', { at }),
          }[name]();
          if (result?.ok) record = result.value;
          seen.push({ at, version: record.pins.prod?.version ?? 0 });
        });
        expect(WorkflowRecord.parse(record)).toEqual(record);
        for (const place of ['prod', 'dev'] as const) {
          const state = workflowStateOf(record, place);
          if (state.timing === 'ON') {
            expect(state.online).toBe('ONLINE');
            expect(record.pins[place]?.periodic).toBe(true);
          }
        }
        for (const { at, version } of seen)
          expect(pinAt(record, 'prod', at)?.version ?? 0).toBe(version);
      }),
    );
  });
});
