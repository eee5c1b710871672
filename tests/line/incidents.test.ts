import { afterEach, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { OutboxOptions } from './outbox.ts';
import { aFailed, type Desk, startDesk, turnOf } from './tell-desk.ts';

const at = '2026-11-20T02:00:00.000Z';
const both = ['ann@example.com', 'bob@example.com'];
const shuffled = { shards: 3, largest: 40, doubled: 0.4 } as const;

let desk: Desk;
afterEach(() => desk.close());
const open = async (options: OutboxOptions = {}) => {
  desk = await startDesk(options);
  return desk;
};
const ids = (count: number) => Array.from({ length: count }, (_, n) => aFailed(`t${n}`).id);

/** 500 failures within a minute, delivered in shards and doubled; then the successes of all. */
const storm = async (count: number) => {
  const rule = await desk.saveAlert({ frequencyMinutes: 60 });
  const failed = ids(count);
  await desk.occur(
    failed.map((id, n) =>
      turnOf('task-failed', id, 5, {
        at: plusSeconds(at, (n * 60) / count),
        error: `connection to 10.0.0.${n % 9} refused after ${n} ms`,
        rules: [rule],
      }),
    ),
  );
  await desk.run(1);
  return failed;
};

describe('500 failures in one minute under one cause', () => {
  it('are one incident, one mail to each recipient, one digest, and later one "recovered"', async () => {
    await open({ shuffle: shuffled });
    const failed = await storm(500);
    expect(await desk.told()).toEqual([
      { reason: 'occurrence', count: 1, at: expect.anything(), to: both },
    ]);
    await desk.run(8);
    const failing = desk.units();

    const [incident, ...others] = await desk.incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      ...{ status: 'OPEN', failures: 500, open: 500, severity: 'warning' },
      cause: { kind: 'error', fingerprint: 'connection to #.#.#.# refused after # ms' },
    });
    await desk.occur(failed.map((id) => turnOf('recovered', id, 9, { at: plusSeconds(at, 900) })));
    await desk.run(3);
    expect(await desk.told()).toMatchObject([
      { reason: 'occurrence', count: 1, to: both },
      { reason: 'digest', count: 499, to: both },
      { reason: 'recovered', count: 500, to: both },
    ]);
    expect(await desk.incidents()).toMatchObject([{ status: 'RECOVERED', failures: 500, open: 0 }]);
    expect(desk.mails).toHaveLength(6);
    expect([...desk.events.keys()].filter((id) => id.startsWith(incident?.id ?? ''))).toEqual([
      `${incident?.id}#opened`,
      `${incident?.id}#recovered`,
    ]);

    const recovering = desk.units();
    console.log('500 failures of one cause, delivered in shards and doubled');
    console.table({
      failing: { write: failing?.write, read: failing?.read, mails: 4 },
      recovering: { write: recovering?.write, read: recovering?.read, mails: 2 },
    });
    // An incident, a record, a mark and an alert event for each, and nothing that grows with their square.
    expect(failing?.write).toBeLessThan(500 * 30);
  }, 300_000);

  it.each([1, 2, 3])(
    'whatever the store does meanwhile (seed %i)',
    async (seed) => {
      await open({ seed, shuffle: shuffled, faults: { conflict: 0.2, lostReply: 0.1 } });
      await storm(120);
      await desk.run(8);
      const [incident, ...others] = await desk.incidents();
      expect(others).toEqual([]);
      expect(incident).toMatchObject({ failures: 120, open: 120 });
      expect(await desk.told()).toMatchObject([
        { reason: 'occurrence', count: 1, to: both },
        { reason: 'digest', count: 119, to: both },
      ]);
    },
    180_000,
  );
});

describe('the cause of failures', () => {
  it('is the failed upstream that a person set to success: its children are one incident, whatever their errors', async () => {
    await open({ shuffle: shuffled });
    const rule = await desk.saveAlert();
    const root = aFailed('extract', {
      status: 'SUCCESS',
      outcome: 'set-by-hand',
      error: undefined,
    });
    const children = Array.from({ length: 30 }, (_, n) =>
      aFailed(`child${n}`, { error: `column c${n} is missing` }),
    );
    await desk.putInstances([root, ...children]);
    await desk.instances.putEdges(children.map(({ id }) => ({ child: id, parent: root.id })));
    await desk.occur(
      children.map(({ id, task }, n) =>
        turnOf('task-failed', id, 5, {
          error: `column ${'abcdefghi'[n % 9]}x is missing`,
          task,
          rules: [rule],
        }),
      ),
    );
    await desk.run(7);
    expect(await desk.incidents()).toMatchObject([
      { failures: 30, open: 30, cause: { kind: 'upstream', instance: root.id, task: 'extract' } },
    ]);
    expect((await desk.told()).map(({ reason, count }) => [reason, count])).toEqual([
      ['occurrence', 1],
      ['digest', 29],
    ]);
  });

  it('is the incident of that upstream while it lasts', async () => {
    await open();
    const root = aFailed('extract', { error: 'disk full' });
    const child = aFailed('load', { error: 'file not found' });
    await desk.putInstances([root, child]);
    await desk.instances.putEdges([{ child: child.id, parent: root.id }]);
    await desk.occur([turnOf('task-failed', root.id, 5, { error: 'disk full' })]);
    await desk.run(1);
    await desk.occur([turnOf('task-failed', child.id, 5, { error: 'file not found' })]);
    await desk.run(1);
    expect(await desk.incidents()).toMatchObject([
      { failures: 2, cause: { kind: 'error', error: 'disk full' } },
    ]);
  });

  it('is told with how many instances wait for it, at any depth; of a failure and of what waits no more', async () => {
    await open();
    const rule = await desk.saveAlert();
    const root = aFailed('extract');
    const waiting = ['load', 'report'].map((task) =>
      aFailed(task, { status: 'NOT_RUN', outcome: undefined, error: undefined }),
    );
    await desk.putInstances([root, ...waiting]);
    const [load, report] = waiting.map(({ id }) => id);
    await desk.instances.putEdges([
      { child: load ?? '', parent: root.id },
      { child: report ?? '', parent: load ?? '' },
    ]);
    await desk.occur([turnOf('task-failed', root.id, 5, { rules: [rule] })]);
    await desk.run(1);
    await desk.occur([turnOf('recovered', root.id, 9)]);
    await desk.run(1);
    const [failure, , recovery] = desk.mails.map(({ content }) => content.text);
    expect(failure).toContain('Waiting for it: 2 task instances');
    expect(recovery).not.toContain('Waiting for it');
  });

  it('is the error where no upstream failed: what reads the same in the project is one incident, another is another', async () => {
    await open();
    await desk.occur([
      turnOf('task-failed', aFailed('a').id, 5, { error: 'timeout after 31 s' }),
      turnOf('task-failed', aFailed('b').id, 5, { error: 'timeout after 4 s' }),
      turnOf('task-failed', aFailed('c').id, 5, { error: 'permission denied' }),
    ]);
    await desk.run(1);
    expect((await desk.incidents()).map(({ failures }) => failures).toSorted()).toEqual([1, 2]);
  });

  it('is its own earlier failure when an instance fails again, which counts once', async () => {
    await open();
    const { id } = aFailed('a');
    await desk.occur([turnOf('task-failed', id, 5, { error: 'first this' })]);
    await desk.run(1);
    await desk.occur([turnOf('task-failed', id, 9, { error: 'then that' })]);
    await desk.run(1);
    expect(await desk.incidents()).toMatchObject([{ failures: 1, open: 1 }]);
  });
});

describe('an incident', () => {
  it('opens again under another name after it has recovered, and never from a record that comes late', async () => {
    await open();
    const { id } = aFailed('a');
    await desk.occur([turnOf('task-failed', id, 5)]);
    await desk.run(1);
    await desk.occur([turnOf('recovered', id, 7)]);
    await desk.run(1);
    await desk.occur([
      turnOf('task-failed', id, 5, { id: `task-failed#${id}#5`, at: plusSeconds(at, 1) }),
    ]);
    await desk.run(1);
    expect(await desk.incidents()).toMatchObject([{ status: 'RECOVERED' }]);
    await desk.occur([turnOf('task-failed', id, 11, { at: plusSeconds(at, 600) })]);
    await desk.run(1);
    expect((await desk.incidents()).map(({ status }) => status)).toEqual(['OPEN', 'RECOVERED']);
  });

  it('has recovered already, and is told to nobody, when the success comes before the failure', async () => {
    await open();
    const rule = await desk.saveAlert();
    const { id } = aFailed('a');
    await desk.occur([turnOf('recovered', id, 7)]);
    await desk.run(1);
    await desk.occur([turnOf('task-failed', id, 5, { rules: [rule] })]);
    await desk.run(1);
    expect(await desk.incidents()).toMatchObject([{ status: 'RECOVERED', failures: 1, open: 0 }]);
    expect(desk.mails).toEqual([]);
  });

  it('is found for as long as it is open, and is closed when nothing of it can succeed any more', async () => {
    await open();
    await desk.occur([turnOf('task-failed', aFailed('gone').id, 5)]);
    await desk.run(1);
    const range = { env: 'prod' as const, projects: ['p'], limit: 10 };
    const [incident] = (await desk.ledger.listOpenIncidents(range)).items;
    expect(incident?.status).toBe('OPEN');
    const { serve } = desk.wired();
    desk.jump(32 * 86_400);
    await serve.incident?.({ kind: 'incident', id: incident?.id ?? '', at: desk.clock() });
    expect((await desk.ledger.listOpenIncidents(range)).items).toEqual([]);
    expect(await desk.incidents()).toMatchObject([{ status: 'CLOSED', closedBy: 'system:notify' }]);
  });

  it.each([3, 7, 11, 15, 19, 23, 27, 31])(
    'loses no message and tells nothing twice when the process dies after %i requests',
    async (requests) => {
      await open({ shuffle: { shards: 2, largest: 12, doubled: 0.4 }, seed: requests });
      const rule = await desk.saveAlert();
      await desk.occur(ids(12).map((id) => turnOf('task-failed', id, 5, { rules: [rule] })));
      desk.dieAfter(requests);
      await desk.run(7);
      expect(await desk.told()).toMatchObject([
        { reason: 'occurrence', count: 1, to: both },
        { reason: 'digest', count: 11, to: both },
      ]);
      expect(desk.deaths()).toBe(1);
    },
  );
});

describe('what a rule tells', () => {
  const opened = async (fields: Parameters<Desk['saveAlert']>[0] = {}) => {
    await open();
    const rule = await desk.saveAlert(fields);
    const instance = aFailed('a');
    await desk.putInstances([instance]);
    await desk.occur([turnOf('task-failed', instance.id, 5, { rules: [rule] })]);
    await desk.run(1);
    const [incident] = await desk.incidents();
    if (!incident) throw new Error('no incident');
    return { incident, instance };
  };
  const told = async () => (await desk.told()).map(({ reason }) => reason);

  it('N78 reminds while it lasts, at most maxSends times', async () => {
    await opened({ frequencyMinutes: 5, maxSends: 3 });
    await desk.run(20);
    expect(await told()).toEqual(['occurrence', 'reminder', 'reminder']);
  });

  it('N78 is quiet outside of the effective window of the project and comes at its beginning', async () => {
    await opened({ frequencyMinutes: 10, maxSends: 2, effective: { from: '02:10', to: '08:00' } });
    expect(desk.mails).toEqual([]);
    await desk.run(12);
    const [first] = await desk.told();
    expect(first?.at).toBe('2026-11-20T02:10:00.000Z');
  });

  it('escalates to others when nobody acknowledges, and tells all of them that it has recovered', async () => {
    const { instance } = await opened({
      ...{ frequencyMinutes: 60, receivers: [{ kind: 'contact', name: 'ann' }] },
      escalation: { afterMinutes: 10, receivers: [{ kind: 'contact', name: 'bob' }] },
    });
    await desk.run(20);
    await desk.occur([turnOf('recovered', instance.id, 9)]);
    await desk.run(1);
    expect((await desk.told()).map(({ reason, to }) => [reason, to])).toEqual([
      ['occurrence', ['ann@example.com']],
      ['escalation', ['bob@example.com']],
      ['recovered', both],
    ]);
    expect(await desk.incidents()).toMatchObject([{ escalatedAt: '2026-11-20T02:10:00.000Z' }]);
  });

  it('W34 sends nothing once the rule is off', async () => {
    await opened({ frequencyMinutes: 5 });
    await desk.saveAlert({ frequencyMinutes: 5, enabled: false });
    await desk.run(12);
    expect(await told()).toEqual(['occurrence']);
  });

  it('W34 drops what a thread owed when whoever was to send it died and the rule went off meanwhile', async () => {
    const { incident } = await opened({ frequencyMinutes: 60 });
    const [thread] = await desk.ledger.threadsAbout(incident.id);
    if (!thread) throw new Error('no thread');
    const owed = { n: 2, reason: 'digest', at: desk.clock(), count: 1 } as const;
    await desk.saveAlert({ frequencyMinutes: 60, enabled: false });
    await desk.ledger.saveThread({
      wasSeq: thread.seq,
      thread: {
        ...{ ...thread, seq: thread.seq + 1, messages: 2, told: 2 },
        owed: { ...owed, occurrences: [thread.first] },
      },
    });
    await desk.run(3);
    expect(await told()).toEqual(['occurrence']);
    const [after] = await desk.ledger.threadsAbout(incident.id);
    expect(after).toMatchObject({ told: 1, quiet: 1 });
    expect(after?.owed).toBeUndefined();
  });

  it('W34 says in the list of notices what a notification that is off did not tell', async () => {
    await open();
    const rule = await desk.saveNotification({ enabled: false });
    const failed = turnOf('task-failed', aFailed('a').id, 5);
    await desk.occur([{ ...failed, id: 'run-failed#r#3', kind: 'run-failed', rules: [rule] }]);
    await desk.run(1);
    const page = await desk.stores.notices.listDay('p', '2026-11-20', { limit: 10 });
    expect(page.items).toMatchObject([{ status: 'SUPPRESSED', why: 'the rule is off or gone' }]);
    expect(desk.mails).toEqual([]);
  });

  it('W35 W36 tells of a failed run once, however often it is delivered, and merges those that follow, each with its run', async () => {
    await open({ shuffle: { shards: 2, largest: 2, doubled: 0.9 } });
    const rule = await desk.saveNotification();
    const runs = ['r1', 'r2', 'r3'].map((run, n) => ({
      ...turnOf('task-failed', aFailed('a').id, 5, { at: plusSeconds(at, n) }),
      ...{ id: `run-failed#${run}#3`, kind: 'run-failed' as const, runId: run, rules: [rule] },
    }));
    await desk.occur(runs);
    await desk.run(8);
    expect((await desk.told()).map(({ reason, count }) => [reason, count])).toEqual([
      ['occurrence', 1],
      ['digest', 2],
    ]);
    const page = await desk.stores.notices.listDay('p', '2026-11-20', { limit: 10 });
    const merged = page.items.flatMap(({ status, runId }) => (status === 'MERGED' ? [runId] : []));
    const told = page.items.filter(({ status }) => status !== 'MERGED');
    const runOf = (reason: string) => told.find((notice) => notice.reason === reason)?.runId;
    // Which of them comes first is up to the shards; that each of them is recorded once is not.
    expect(told).toHaveLength(2);
    expect([runOf('occurrence'), ...merged].toSorted()).toEqual(['r1', 'r2', 'r3']);
    expect(merged).toContain(runOf('digest'));
  });

  it('N79 N80 tells who is on shift when it is sent, each person once, and records who has no address', async () => {
    await open();
    await desk.catalog.saveContact({ name: 'carl', title: 'Carl', user: 'carl' }, undefined);
    await desk.catalog.saveDuty(
      {
        ...{
          name: 'night',
          title: 'Night',
          zone: 'UTC',
          handOverAt: '02:20',
          startsOn: '2026-11-18',
        },
        turns: [
          { primary: 'bob', others: [] },
          { primary: 'ann', others: [] },
        ],
        ...{ every: { unit: 'day', count: 1 }, swaps: [] },
      },
      undefined,
    );
    const rule = await desk.saveAlert({
      frequencyMinutes: 30,
      receivers: [
        { kind: 'duty', name: 'night' },
        { kind: 'contact', name: 'ann' },
        { kind: 'owner' },
      ],
    });
    const instance = aFailed('a');
    await desk.putInstances([instance]);
    await desk.occur([turnOf('task-failed', instance.id, 5, { rules: [rule], owner: 'carl' })]);
    await desk.run(40);
    // 02:00 belongs to the shift of the 19th, 02:30 to the next.
    expect((await desk.told()).map(({ reason, to }) => [reason, to])).toEqual([
      ['occurrence', ['ann@example.com']],
      ['reminder', ['ann@example.com', 'bob@example.com']],
    ]);
    const page = await desk.stores.deliveries.listDay('p', '2026-11-20', { limit: 20 });
    expect(page.items.filter(({ status }) => status === 'FAILED')).toMatchObject(
      Array(2).fill({ reason: 'no-address', receiver: { type: 'owner', name: 'carl' } }),
    );
  });

  it('counts one alert event up for the same rule and object, and finishes it with the success', async () => {
    const { instance, incident } = await opened();
    const rule = await desk.saveAlert();
    await desk.occur([
      turnOf('task-failed', instance.id, 9, { rules: [rule], at: plusSeconds(at, 60) }),
    ]);
    await desk.run(1);
    const events = async () => desk.ledger.alertEventsAbout(instance.id);
    expect(await events()).toMatchObject([{ count: 2, status: 'ALERTING', thread: incident.id }]);
    await desk.occur([turnOf('recovered', instance.id, 11)]);
    await desk.run(1);
    expect(await events()).toMatchObject([{ count: 2, status: 'FINISH' }]);
  });

  it.each([
    ['RUNNING', ['occurrence', 'digest', 'reminder']],
    ['SUCCESS', ['occurrence', 'digest']],
  ] as const)(
    'puts sixty late tasks of one minute into one message and a digest, and reminds while any is late (%s)',
    async (status, expected) => {
      await open();
      const rule = await desk.saveAlert({
        condition: { on: 'not-completed', by: '02:00' },
        frequencyMinutes: 20,
      });
      const late = Array.from({ length: 60 }, (_, n) =>
        aFailed(`t${n}`, { status, outcome: undefined }),
      );
      await desk.putInstances(late);
      await desk.occur(
        late.map(({ id }) => ({
          ...turnOf('task-failed', id, 5, { error: undefined, rules: [rule] }),
          ...{ id: `task-not-completed#errors#${id}`, kind: 'task-not-completed' as const },
        })),
      );
      await desk.run(30);
      const told = await desk.told();
      expect(told.map(({ reason }) => reason)).toEqual(expected);
      expect(told.slice(0, 2).map(({ count }) => count)).toEqual([1, 59]);
      expect(await desk.incidents()).toEqual([]);
      const events = await desk.ledger.listAlertEvents({
        env: 'prod',
        projects: ['p'],
        limit: 100,
      });
      expect(new Set(events.items.map((event) => event.status))).toEqual(
        new Set([status === 'RUNNING' ? 'ALERTING' : 'FINISH']),
      );
    },
  );
});
