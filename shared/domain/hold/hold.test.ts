import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aTask } from '../../testing/a-task.ts';
import { anInstance } from '../../testing/an-instance.ts';
import { evaluate } from '../gate/evaluate.ts';
import type { World } from '../gate/world.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import { Priority } from '../workflow/priority.schema.ts';
import { checkHold } from './check-hold.ts';
import { coverageOf } from './coverage-of.ts';
import { Hold, type HoldTarget } from './hold.schema.ts';
import { objectOfHold, projectOfHold } from './hold-place.ts';
import { holdStateOf } from './hold-state.ts';
import { holdWindowsOf } from './hold-windows.ts';
import { activeHold, covers, holdsOf } from './holds-of.ts';
import { readTarget, targetText } from './read-target.ts';
import { thawHold } from './thaw-hold.ts';

const now = '2026-11-20T10:00:00.000Z';
const aHold = (fields: object = {}): Hold =>
  Hold.parse({
    id: 'p~1',
    purpose: 'hold',
    target: { kind: 'project', project: 'p' },
    reason: 'source is down',
    by: 'ann',
    since: now,
    ...fields,
  });

const aWorld = (holds: World['holds']): World => ({
  ...{ now, holds, openParents: [], conditions: [], endedParents: [], pools: [], holders: {} },
  task: { work: aTask({ name: 't', kind: 'http', url: 'https://work.example' }) },
});

const anyTarget: fc.Arbitrary<HoldTarget> = fc.oneof(
  fc.constant({ kind: 'everything' } as const),
  fc
    .constantFrom('group:etl', 'throttle:x', 'throttle:y')
    .map((pool) => ({ kind: 'pool', pool }) as const),
  fc.constantFrom('p', 'q').map((project) => ({ kind: 'project', project }) as const),
  fc
    .tuple(fc.constantFrom('p', 'q'), fc.constantFrom('w', 'v'))
    .map(([project, workflow]) => ({ kind: 'workflow', project, workflow }) as const),
  fc
    .tuple(fc.constantFrom('p', 'q'), fc.constantFrom('w', 'v'), fc.constantFrom('a', 'b'))
    .map(([project, workflow, task]) => ({ kind: 'task', project, workflow, task }) as const),
);
const anyHold = fc
  .record({
    target: anyTarget,
    env: fc.constantFrom(undefined, 'prod' as const, 'dev' as const),
    thawed: fc.option(
      fc.record({
        priority: fc.constantFrom(undefined, ...Priority.options),
        projects: fc.constantFrom(undefined, ['p'], ['q']),
      }),
      { nil: undefined },
    ),
  })
  .map((fields) => aHold({ purpose: 'freeze', ...fields }));
const anySubject = fc
  .record({
    project: fc.constantFrom('p', 'q'),
    workflow: fc.constantFrom('w', 'v'),
    task: fc.constantFrom('a', 'b'),
    env: fc.constantFrom('prod' as const, 'dev' as const),
    priority: fc.constantFrom(...Priority.options),
    resourceGroup: fc.constantFrom('etl', 'default'),
  })
  .map((fields) => ({ ...anInstance(), ...fields }));

describe('a hold', () => {
  it('is known by an id alone only where the instance itself says the same', () => {
    fc.assert(
      fc.property(
        anyHold,
        anySubject,
        fc.subarray(['throttle:x', 'throttle:y']),
        (hold, subject, pools) => {
          const says = coverageOf(hold, subject);
          const does = covers(hold, subject, pools);
          if (says !== 'look') expect(says === 'yes').toBe(does);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('lets an instance start exactly when none that lasts covers it', () => {
    const anyTimed = fc
      .tuple(
        anyHold,
        fc.option(fc.integer({ min: -60, max: 60 })),
        fc.option(fc.integer({ min: -60, max: 60 })),
      )
      .map(([hold, from, until]) => ({
        ...hold,
        ...(from === null ? {} : { from: plusSeconds(now, from) }),
        ...(until === null ? {} : { until: plusSeconds(now, until) }),
      }));
    const anyPools = fc.subarray(['throttle:x', 'throttle:y']);
    fc.assert(
      fc.property(
        fc.array(anyTimed, { maxLength: 4 }),
        anySubject,
        anyPools,
        (holds, subject, pools) => {
          const keeps = ({ from = now, until }: Hold) => from <= now && (!until || now < until);
          const free = holds.every((hold) => !keeps(hold) || !covers(hold, subject, pools));
          const decision = evaluate(subject, aWorld(holdsOf(subject, pools, holds, now)));
          expect(decision.decision).toBe(free ? 'run' : 'wait');
          if (decision.decision === 'wait')
            expect(decision.blockers.every(({ step }) => step === 'paused')).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('N44 keeps an instance together with any other: each must end', () => {
    const task = aHold({
      id: 'p~t',
      target: { kind: 'task', project: 'p', workflow: 'w', task: 'a' },
    });
    const all = aHold({ id: 'system~f', purpose: 'freeze', target: { kind: 'everything' } });
    const subject = { ...anInstance(), project: 'p', workflow: 'w', task: 'a' };
    expect(holdsOf(subject, [], [task, all], now).map(({ hold }) => hold.id)).toEqual([
      'p~t',
      'system~f',
    ]);
    expect(holdsOf(subject, [], [all], now)).toHaveLength(1);
    expect(holdsOf({ ...subject, task: 'b' }, [], [task], now)).toEqual([]);
  });

  it('is planned, active and over in this order, whoever asks when', () => {
    const hold = aHold({ from: plusSeconds(now, 60), until: plusSeconds(now, 120) });
    const states = [0, 59, 60, 119, 120, 500].map((after) =>
      holdStateOf(hold, plusSeconds(now, after)),
    );
    expect(states).toEqual(['planned', 'planned', 'active', 'active', 'over', 'over']);
  });

  it('stands in the log of what it holds, under the project of that', () => {
    const place = (target: HoldTarget) => [projectOfHold(target), objectOfHold(target)];
    expect(place({ kind: 'task', project: 'p', workflow: 'w', task: 'a' })).toEqual([
      'p',
      'task:p/w/a',
    ]);
    expect(place({ kind: 'pool', pool: 'group:etl' })).toEqual(['system', 'resource-group:etl']);
    expect(place({ kind: 'pool', pool: 'throttle:x' })).toEqual(['system', 'throttle-rule:x']);
    expect(place({ kind: 'everything' })).toEqual(['system', 'everything']);
  });
});

describe('a target as people type it', () => {
  it('is read as what it was written from', () => {
    fc.assert(
      fc.property(anyTarget, (target) => {
        expect(readTarget(targetText(target))).toEqual({ ok: true, value: target });
      }),
    );
    for (const wrong of ['', 'a/b/c/d', 'a//c', 'throttle:', 'a b'])
      expect([wrong, readTarget(wrong).ok]).toEqual([wrong, false]);
  });
});

describe('checking a hold', () => {
  const wrong = (fields: Partial<Hold>) => checkHold(aHold(fields), now).map(({ path }) => path);
  const weekly = { days: ['SAT' as const], from: '02:00', to: '04:00', zone: 'Europe/Berlin' };

  it('takes one that lasts until somebody lifts it, and a maintenance with an end or weekly hours', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ purpose: 'maintenance', weekly })).toEqual([]);
    expect(wrong({ purpose: 'maintenance', until: plusSeconds(now, 60) })).toEqual([]);
  });

  it('names each field that is wrong', () => {
    expect(wrong({ reason: '  ' })).toEqual(['reason']);
    expect(wrong({ until: now })).toEqual(['until']);
    expect(wrong({ from: plusSeconds(now, -1) })).toEqual(['from']);
    expect(wrong({ from: plusSeconds(now, 60), until: plusSeconds(now, 60) })).toEqual(['until']);
    expect(wrong({ purpose: 'maintenance' })).toEqual(['until']);
    expect(wrong({ weekly })).toEqual(['weekly']);
    expect(wrong({ purpose: 'maintenance', weekly: { ...weekly, to: '02:00' } })).toEqual([
      'weekly',
    ]);
  });
});

describe('a thaw', () => {
  const freeze = aHold({ purpose: 'freeze', target: { kind: 'everything' } });
  const subjects = Priority.options.flatMap((priority) =>
    ['p', 'q'].map((project) => ({ ...anInstance(), project, priority })),
  );
  const frozen = (hold: Hold | undefined) =>
    hold ? subjects.filter((subject) => covers(hold, subject, [])) : [];
  const anyStage = fc.record({
    priority: fc.constantFrom(undefined, ...Priority.options),
    projects: fc.constantFrom(undefined, ['p'], ['q'], ['p', 'q']),
  });

  it('lets through a priority and above, or a project, and in the end all', () => {
    const high = thawHold(freeze, { priority: 'HIGH' });
    expect(high.ok && frozen(high.value.hold).map(({ priority }) => priority)).not.toContain(
      'HIGHEST',
    );
    expect(high.ok && frozen(high.value.hold)).toHaveLength(6);
    const partly = high.ok ? high.value.hold : undefined;
    const project = partly && thawHold(partly, { projects: ['p'] });
    expect(project?.ok && frozen(project.value.hold)).toHaveLength(3);
    expect(thawHold(freeze, { all: true })).toEqual({ ok: true, value: { hold: undefined } });
    expect(thawHold(freeze, { priority: 'LOWEST' })).toEqual({
      ok: true,
      value: { hold: undefined },
    });
  });

  it('only ever goes on: each stage that is taken lets somebody new through and freezes nobody again', () => {
    fc.assert(
      fc.property(fc.array(anyStage, { maxLength: 6 }), (stages) => {
        let hold: Hold | undefined = freeze;
        for (const stage of stages) {
          if (!hold) break;
          const before = frozen(hold);
          const thawed = thawHold(hold, stage);
          if (!thawed.ok) continue;
          const after = new Set(frozen(thawed.value.hold));
          expect(before).toEqual(expect.arrayContaining([...after]));
          hold = thawed.value.hold;
        }
      }),
    );
  });

  it('is refused where it would let nobody new through, and for what is no freeze', () => {
    expect(thawHold(freeze, {}).ok).toBe(false);
    const high = aHold({ ...freeze, thawed: { priority: 'HIGH' } });
    expect(thawHold(high, { priority: 'HIGHEST' }).ok).toBe(false);
    expect(thawHold(aHold(), { all: true }).ok).toBe(false);
  });
});

describe('the windows of a hold', () => {
  const weekly = {
    days: ['FRI' as const, 'SUN' as const],
    from: '22:00',
    to: '03:00',
    zone: 'Asia/Tokyo',
  };

  it('are those times at which the gate is closed', () => {
    const hold = aHold({ purpose: 'maintenance', weekly, until: '2026-12-10T00:00:00.000Z' });
    const [from, to] = [now, '2026-12-20T00:00:00.000Z'];
    const windows = holdWindowsOf(hold, from, to);
    expect(windows[0]).toEqual({
      from: '2026-11-20T13:00:00.000Z',
      to: '2026-11-20T18:00:00.000Z',
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29 * 1440 }), (minutes) => {
        const at = plusSeconds(from, minutes * 60);
        const inside = windows.some((window) => window.from <= at && at < (window.to ?? to));
        expect(inside).toBe(activeHold(hold, at) !== undefined);
      }),
    );
  });

  it('are one open stretch for a hold without an end', () => {
    expect(holdWindowsOf(aHold(), now, plusSeconds(now, 3600))).toEqual([{ from: now }]);
    expect(holdWindowsOf(aHold(), plusSeconds(now, -7200), plusSeconds(now, -3600))).toEqual([]);
  });
});
