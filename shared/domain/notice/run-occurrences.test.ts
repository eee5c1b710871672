import { describe, expect, it } from 'vitest';
import { aNotification } from '../../testing/a-rule.ts';
import { anInstance } from '../../testing/an-instance.ts';
import type { Outcome, Status } from '../instance/instance.schema.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import { foldMove } from '../run/fold-run.ts';
import type { Run } from '../run/run.schema.ts';
import { matchNotifications } from './match-notifications.ts';
import { runOccurrences } from './run-occurrences.ts';

type Step = readonly [task: string, from: Status | undefined, to: Status, outcome?: Outcome];

/** Ids of what the fold of these moves tells, in order. */
const told = (...steps: readonly Step[]): readonly string[] => {
  let run: Run | undefined;
  return steps.flatMap(([task, from, to, outcome], n) => {
    const { id, dueAt } = anInstance({ task });
    const before = run;
    run = foldMove(run, {
      instanceId: id,
      from,
      to,
      outcome,
      at: plusSeconds(dueAt, n),
      version: 1,
      dueAt,
    });
    return run
      ? runOccurrences(before, run).map((each) =>
          each.id
            .split('#')
            .filter((part) => !part.includes('~'))
            .join('#'),
        )
      : [];
  });
};
const born = (...tasks: readonly string[]): readonly Step[] =>
  tasks.map((task) => [task, undefined, 'NOT_RUN'] as const);
const runs = (
  task: string,
  to: 'SUCCESS' | 'FAILED',
  outcome: Outcome = to === 'SUCCESS' ? 'ran' : 'failed',
): readonly Step[] => [
  [task, 'NOT_RUN', 'SUBMITTED'],
  [task, 'SUBMITTED', 'RUNNING'],
  [task, 'RUNNING', to, outcome],
];

describe('a run', () => {
  it('tells that it started with its first attempt, and that it succeeded, once', () => {
    expect(told(...born('a', 'b'), ...runs('a', 'SUCCESS'), ...runs('b', 'SUCCESS'))).toEqual([
      'run-started',
      'run-succeeded',
    ]);
    expect(
      told(...born('a', 'b'), ['a', 'NOT_RUN', 'SUCCESS', 'off-day'], ...runs('b', 'SUCCESS')),
    ).toEqual(['run-started', 'run-succeeded']);
  });

  it('W35 tells its failure after the last automatic retry, and again only after a rerun', () => {
    const retried: Step[] = [
      ...runs('a', 'FAILED').slice(0, 2),
      ['a', 'RUNNING', 'WAIT_TIME'],
      ['a', 'WAIT_TIME', 'SUBMITTED'],
      ['a', 'SUBMITTED', 'RUNNING'],
      ['a', 'RUNNING', 'FAILED', 'failed'],
    ];
    expect(told(...born('a', 'b'), ...retried)).toEqual(['run-started', 'run-failed#0']);
    const rerun: Step[] = [['a', 'FAILED', 'NOT_RUN'], ...runs('a', 'FAILED')];
    expect(told(...born('a', 'b'), ...retried, ...rerun)).toEqual([
      'run-started',
      'run-failed#0',
      'run-failed#1',
    ]);
  });

  it('W35 names its failure the same when another branch begins and ends after it', () => {
    const ids = told(...born('a', 'b'), ...runs('a', 'FAILED'), ...runs('b', 'SUCCESS'));
    expect(ids.filter((id) => id.startsWith('run-failed'))).toEqual([
      'run-failed#0',
      'run-failed#0',
    ]);
  });

  it('tells nothing when it was cancelled or nothing of it ran', () => {
    expect(told(...born('a'), ...runs('a', 'FAILED', 'terminated'))).toEqual(['run-started']);
    expect(told(...born('a'), ['a', 'NOT_RUN', 'SUCCESS', 'off-day'])).toEqual([]);
  });
});

const what = { kind: 'run-failed', family: 'recurring', workflow: 'w', tags: ['nightly'] } as const;

describe('notifications', () => {
  it('W37 are about workflows of their sphere: named, by tag, or all of the project', () => {
    const matches = (sphere: Parameters<typeof aNotification>[0], of = what) =>
      matchNotifications(of, [aNotification(sphere)]).length;
    expect(matches({ sphere: { kind: 'workflows', workflows: ['w'] } })).toBe(1);
    expect(matches({ sphere: { kind: 'workflows', workflows: ['v', 'W'] } })).toBe(0);
    expect(matches({ sphere: { kind: 'tags', tags: ['nightly', 'x'] } })).toBe(1);
    expect(matches({ sphere: { kind: 'tags', tags: ['night'] } })).toBe(0);
    expect(matches({ sphere: { kind: 'project' } })).toBe(1);
  });

  it('tell of their items only, and of other runs and of each attempt where they ask', () => {
    const rules = (more: Parameters<typeof aNotification>[0]) => [aNotification(more)];
    expect(matchNotifications(what, rules({ items: ['started'] }))).toEqual([]);
    expect(matchNotifications(what, rules({ enabled: false }))).toEqual([]);
    expect(matchNotifications({ ...what, family: 'backfill' }, rules({}))).toEqual([]);
    expect(
      matchNotifications({ ...what, family: 'manual' }, rules({ otherRuns: true })),
    ).toHaveLength(1);
    const retry = { ...what, kind: 'auto-retried' } as const;
    expect(matchNotifications(retry, rules({}))).toEqual([]);
    expect(matchNotifications(retry, rules({ everyAttempt: true }))).toHaveLength(1);
  });
});
