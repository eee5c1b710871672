import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../kernel/calendar-day.ts';
import {
  atTime,
  type Decided,
  dropOwed,
  endThread,
  nextLookAt,
  settled,
  takeOccurrence,
  unsilenced,
} from './decide-thread.ts';
import { mayTellFrom } from './effective-window.ts';
import type { OwedMessage, Thread } from './thread.schema.ts';
import type { ThreadPolicy, ThreadStanding } from './thread-policy.ts';

const start = '2026-11-20T10:00:00.000Z';
const at = (minutes: number) => plusSeconds(start, minutes * 60);

const policy: ThreadPolicy = {
  ...{ enabled: true, mergeMinutes: 5, zone: 'UTC', maxSends: 3, frequencyMinutes: 30 },
};
const nobody: ThreadStanding = { acknowledged: false };
const fresh: Thread = {
  thread: 'i',
  rule: { kind: 'alert', project: 'p', name: 'r', rev: 1 },
  ...{ env: 'prod', project: 'p', kind: 'task-failed', lasting: true, incident: 'i', first: 'o1' },
  ...{ openedAt: start, messages: 0, sends: 0, told: 0, quiet: 0, pending: 0, pendingIds: [] },
  seq: 0,
};
const notifies: Thread = { ...fresh, kind: 'run-failed', lasting: false, incident: undefined };

/** A thread on a clock: what it sends is queued at once. */
const play = (thread: Thread, rule: ThreadPolicy = policy) => {
  let now = thread;
  let standing = nobody;
  let n = 0;
  const sent: OwedMessage[] = [];
  const quiet: Decided['quiet'][] = [];
  const queue = () => {
    if (!now.owed) return;
    sent.push(now.owed);
    now = settled(now, now.owed.n);
  };
  const look = (minute: number) => {
    for (;;) {
      queue();
      const next = atTime(now, rule, standing, at(minute));
      if (next === now) return;
      now = next;
    }
  };
  return {
    sent,
    quiet,
    thread: () => now,
    stand: (next: ThreadStanding) => {
      standing = next;
    },
    wake: (minute: number) => {
      now = unsilenced(now, rule, at(minute));
      look(minute);
    },
    occur: (minute: number, times = 1) => {
      for (let each = 0; each < times; each += 1) {
        n += 1;
        const decided = takeOccurrence(now, rule, standing, `o${n}`, at(minute));
        now = decided.thread;
        if (decided.quiet) quiet.push(decided.quiet);
        queue();
      }
    },
    look,
    passes: (from: number, to: number) => {
      for (let minute = from; minute <= to; minute += 1) look(minute);
    },
    ends: (minute: number, how: 'recovered' | 'closed') => {
      now = endThread(now, how, at(minute));
      look(minute);
    },
    told: () => sent.map(({ reason, count }) => [reason, count]),
  };
};

describe('messages about something that lasts', () => {
  it('tells the first at once, the rest of five minutes in one digest, and that it has recovered', () => {
    const thread = play(fresh);
    thread.occur(0, 500);
    expect(thread.told()).toEqual([['occurrence', 1]]);
    thread.passes(1, 20);
    thread.ends(21, 'recovered');
    thread.passes(21, 200);
    expect(thread.told()).toEqual([
      ['occurrence', 1],
      ['digest', 499],
      ['recovered', 0],
    ]);
    expect(thread.sent[1]).toMatchObject({ at: at(5), occurrences: { length: 50 } });
  });

  it('N78 reminds each frequencyMinutes, and at most maxSends times in all', () => {
    const thread = play(fresh);
    thread.occur(0);
    thread.passes(0, 600);
    expect(thread.sent.map(({ reason, at: when, nth }) => [reason, when, nth])).toEqual([
      ['occurrence', at(0), undefined],
      ['reminder', at(30), 2],
      ['reminder', at(60), 3],
    ]);
    thread.occur(601);
    expect(thread.quiet).toEqual(['max-sends']);
  });

  it('N78 keeps quiet outside of the effective window, and tells at its beginning what still lasts', () => {
    const thread = play(fresh, { ...policy, effective: { from: '11:00', to: '11:20' } });
    thread.occur(0, 3);
    thread.passes(0, 59);
    expect(thread.sent).toEqual([]);
    thread.passes(60, 24 * 60 + 61);
    expect(thread.sent.map(({ reason, at: when, count }) => [reason, when, count])).toEqual([
      ['occurrence', at(60), 3],
      ['reminder', at(60 + 24 * 60), 0],
    ]);
  });

  it('N78 tells nothing while nobody is to be disturbed, and comes back after it with one digest', () => {
    const thread = play(fresh);
    thread.occur(0);
    thread.stand({ acknowledged: false, silentUntil: at(120) });
    thread.occur(1, 7);
    thread.passes(1, 119);
    expect(thread.told()).toEqual([['occurrence', 1]]);
    thread.passes(120, 120);
    expect(thread.told()).toEqual([
      ['occurrence', 1],
      ['digest', 7],
    ]);
  });

  it('N78 takes up at once when the silence ends early', () => {
    const thread = play(fresh);
    thread.occur(0);
    thread.stand({ acknowledged: false, silentUntil: at(600) });
    thread.occur(1, 7);
    thread.passes(1, 40);
    thread.stand(nobody);
    thread.wake(41);
    expect(thread.told()).toEqual([
      ['occurrence', 1],
      ['digest', 7],
    ]);
  });

  it('sends nothing but "recovered" once somebody takes care of it', () => {
    const thread = play(fresh, { ...policy, escalateMinutes: 10 });
    thread.occur(0);
    thread.stand({ acknowledged: true });
    thread.occur(2, 4);
    thread.passes(2, 300);
    expect(thread.told()).toEqual([['occurrence', 1]]);
    expect(thread.quiet).toEqual(Array(4).fill('acknowledged'));
    thread.ends(301, 'recovered');
    expect(thread.told()[1]).toEqual(['recovered', 0]);
  });

  it('escalates once when nobody answers', () => {
    const thread = play(fresh, { ...policy, escalateMinutes: 10 });
    thread.occur(0);
    thread.passes(0, 300);
    expect(thread.sent.filter(({ reason }) => reason === 'escalation')).toMatchObject([
      { at: at(10), count: 0 },
    ]);
  });

  it('takes along in "recovered" what was still to be told, and nobody who was told nothing hears of it', () => {
    const thread = play(fresh);
    thread.occur(0, 12);
    thread.ends(2, 'recovered');
    expect(thread.told()).toEqual([
      ['occurrence', 1],
      ['recovered', 11],
    ]);

    const silent = play(fresh, { ...policy, effective: { from: '11:00', to: '12:00' } });
    silent.occur(0, 3);
    silent.ends(2, 'recovered');
    silent.passes(2, 300);
    expect(silent.sent).toEqual([]);
  });

  it('tells nothing any more when it was closed by hand, and of what comes after', () => {
    const thread = play(fresh);
    thread.occur(0, 5);
    thread.ends(1, 'closed');
    thread.occur(2);
    thread.passes(2, 300);
    expect(thread.told()).toEqual([['occurrence', 1]]);
    expect(thread.quiet).toEqual(['over']);
  });
});

describe('messages about something that happens and is over', () => {
  const rule: ThreadPolicy = { enabled: true, mergeMinutes: 5, zone: 'UTC' };

  it('W35 opens a window with each message that goes out at once', () => {
    const thread = play(notifies, rule);
    for (const minute of [0, 1, 2]) thread.occur(minute);
    thread.passes(2, 9);
    thread.occur(11);
    expect(thread.sent.map(({ reason, at: when, count }) => [reason, when, count])).toEqual([
      ['occurrence', at(0), 1],
      ['digest', at(5), 2],
      ['occurrence', at(11), 1],
    ]);
  });

  it('merges nothing with mergeMinutes 0', () => {
    const thread = play(notifies, { ...rule, mergeMinutes: 0 });
    thread.occur(0, 3);
    expect(thread.told()).toEqual(Array(3).fill(['occurrence', 1]));
  });

  it('tells nobody of what comes outside of the hours of the rule', () => {
    const thread = play(notifies, { ...rule, effective: { from: '11:00', to: '12:00' } });
    thread.occur(0);
    thread.passes(0, 100);
    expect([thread.sent, thread.quiet]).toEqual([[], ['outside-window']]);
  });

  it('W34 sends nothing once the rule is off, what it owed included', () => {
    const owing = takeOccurrence(notifies, rule, nobody, 'o1', start).thread;
    expect(dropOwed(owing)).toMatchObject({ told: 0, quiet: 1, owed: undefined });
    const off = play(notifies, { ...rule, enabled: false });
    off.occur(0, 2);
    expect([off.sent, off.quiet]).toEqual([[], ['rule-off', 'rule-off']]);

    const told = settled(owing, 1);
    const waiting = takeOccurrence(told, rule, nobody, 'o2', at(1)).thread;
    expect(nextLookAt(waiting)).toBe(at(5));
    const silent = atTime(waiting, { ...rule, enabled: false }, nobody, at(5));
    expect(silent).toMatchObject({ pending: 0, quiet: 1, owed: undefined });
    expect(nextLookAt(silent)).toBeUndefined();
  });
});

describe('any thread', () => {
  type Step =
    | { readonly does: 'occur'; readonly times: number }
    | { readonly does: 'silence'; readonly minutes: number }
    | { readonly does: 'acknowledge' | 'recover' | 'close' | 'wake' };
  const steps = fc.array(
    fc.record({
      wait: fc.integer({ min: 0, max: 90 }),
      step: fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            does: fc.constant('occur'),
            times: fc.integer({ min: 1, max: 9 }),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            does: fc.constant('silence'),
            minutes: fc.integer({ min: 1, max: 200 }),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            does: fc.constantFrom('acknowledge', 'recover', 'close', 'wake'),
          }),
        },
      ) as fc.Arbitrary<Step>,
    }),
    { maxLength: 30 },
  );
  const clock = fc.constantFrom('09:00', '10:30', '11:00', '14:00', '23:00');
  const policies = fc.record({
    enabled: fc.constant(true),
    mergeMinutes: fc.constantFrom(1, 5, 30),
    zone: fc.constantFrom('UTC', 'Asia/Shanghai'),
    maxSends: fc.integer({ min: 1, max: 5 }),
    frequencyMinutes: fc.constantFrom(1, 10, 60),
    escalateMinutes: fc.constantFrom(undefined, 1, 45),
    effective: fc.option(fc.record({ from: clock, to: clock }), { nil: undefined }),
  });

  it('keeps every promise, whatever happens when', () => {
    fc.assert(
      fc.property(policies, steps, fc.boolean(), (rule, list, lasting) => {
        const thread = play(lasting ? fresh : notifies, rule);
        let standing: ThreadStanding = nobody;
        let occurrences = 0;
        let minute = 0;
        let recoveredAt: number | undefined;
        const silences: [number, number][] = [];
        const stand = (next: ThreadStanding) => {
          standing = next;
          thread.stand(next);
        };
        for (const { wait, step } of list) {
          thread.passes(minute, minute + wait);
          minute += wait;
          if (step.does === 'occur') {
            occurrences += step.times;
            thread.occur(minute, step.times);
          } else if (step.does === 'silence') {
            silences.push([minute, minute + step.minutes]);
            stand({ ...standing, silentUntil: at(minute + step.minutes) });
          } else if (step.does === 'wake') {
            for (const silence of silences) silence[1] = Math.min(silence[1], minute);
            stand({ acknowledged: standing.acknowledged });
            thread.wake(minute);
          } else if (step.does === 'acknowledge') stand({ ...standing, acknowledged: true });
          else if (lasting && recoveredAt === undefined) {
            recoveredAt = minute;
            thread.ends(minute, step.does === 'recover' ? 'recovered' : 'closed');
          }
        }
        const { told, quiet, pending } = thread.thread();
        const of = (...reasons: string[]) =>
          thread.sent.filter(({ reason }) => reasons.includes(reason));
        const counting = of('occurrence', 'digest', 'reminder');

        // Each occurrence is told once, is kept quiet for a reason, or waits.
        expect(told + quiet + pending).toBe(occurrences);
        expect(thread.sent.reduce((sum, { count }) => sum + count, 0)).toBe(told);
        // Never two first messages about one thing, never more than the rule allows.
        if (lasting) expect(of('occurrence').length).toBeLessThanOrEqual(1);
        expect(counting.length).toBeLessThanOrEqual(rule.maxSends);
        expect(of('recovered').length).toBeLessThanOrEqual(1);
        expect(of('escalation').length).toBeLessThanOrEqual(1);
        // One message a window at most.
        for (const [n, { at: when }] of counting.entries()) {
          const before = counting[n - 1];
          const gap = Math.min(rule.mergeMinutes, rule.frequencyMinutes);
          if (before) expect(when >= plusSeconds(before.at, gap * 60)).toBe(true);
        }
        // Nothing in quiet hours, nor while nobody is to be disturbed.
        for (const { at: when } of thread.sent) {
          expect(mayTellFrom(when, rule.effective, rule.zone)).toBe(when);
          const last = silences.findLast(([from]) => at(from) < when);
          if (last) expect(when >= at(last[1])).toBe(true);
        }
        // After the end there is one message at most: that it has recovered.
        if (recoveredAt !== undefined) {
          const ended = at(recoveredAt);
          expect(counting.every(({ at: when }) => when <= ended)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the hours of a rule', () => {
  it('go over midnight, and over a change of clocks', () => {
    const night = { from: '22:00', to: '06:00' };
    expect(mayTellFrom('2026-11-20T05:59:00.000Z', night, 'UTC')).toBe('2026-11-20T05:59:00.000Z');
    expect(mayTellFrom('2026-11-20T06:00:00.000Z', night, 'UTC')).toBe('2026-11-20T22:00:00.000Z');
    // 02:30 does not exist in Berlin on that day.
    expect(
      mayTellFrom('2026-03-29T00:10:00.000Z', { from: '02:30', to: '05:00' }, 'Europe/Berlin'),
    ).toBe('2026-03-29T01:30:00.000Z');
  });

  it('never put off by more than a day and the width of a change of clocks, and only to a time inside', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        fc.record({ from: clock, to: clock }),
        fc.constantFrom(
          'UTC',
          'Europe/Berlin',
          'Asia/Shanghai',
          'America/New_York',
          'Australia/Lord_Howe',
        ),
        (date, window, zone) => {
          const when = date.toISOString();
          const from = mayTellFrom(when, window, zone);
          expect(from >= when && Date.parse(from) - Date.parse(when) <= 25 * 3_600_000).toBe(true);
          expect(mayTellFrom(from, window, zone)).toBe(from);
        },
      ),
    );
  });
});
