import { describe, expect, it } from 'vitest';
import { anAlertRule } from '../../testing/a-rule.ts';
import { anInstance } from '../../testing/an-instance.ts';
import type { DayCounts } from '../run/day-counts.ts';
import { reachesCount } from './count-rules.ts';
import { alertRulesFor } from './match-alerts.ts';
import { taskOccurrences } from './task-occurrences.ts';

const t = anInstance();
const project = anAlertRule({ id: 'project' });
const task = anAlertRule({
  id: 'task',
  scope: { level: 'task', tasks: [{ workflow: 'w', task: 't' }] },
});
const ids = (rules: ReturnType<typeof alertRulesFor>) => rules.map(({ id }) => id);

describe('alert rules for an instance', () => {
  it('of its task override those of the project on the same condition', () => {
    expect(ids(alertRulesFor('error', t, [project, task]))).toEqual(['task']);
    const other = anInstance({ task: 'u' });
    expect(ids(alertRulesFor('error', other, [project, task]))).toEqual(['project']);
    const completed = anAlertRule({ ...task, id: 'c', condition: { on: 'completed' } });
    expect(ids(alertRulesFor('error', t, [project, completed]))).toEqual(['project']);
    expect(ids(alertRulesFor('error', t, [project, { ...task, enabled: false }]))).toEqual([
      'project',
    ]);
  });

  it('leave out other kinds of tasks and the whitelist', () => {
    const kinds = anAlertRule({ scope: { level: 'project', kinds: ['sql'] } });
    expect(alertRulesFor('error', t, [kinds])).toEqual([]);
    for (const left of [{ workflow: 'w' }, { workflow: 'w', task: 't' }])
      expect(alertRulesFor('error', t, [anAlertRule({ whitelist: [left] })])).toEqual([]);
    expect(
      alertRulesFor('error', t, [anAlertRule({ whitelist: [{ workflow: 'w', task: 'u' }] })]),
    ).toHaveLength(1);
  });

  it('N82 are about recurring instances unless they ask for others', () => {
    const backfill = anInstance({ family: 'backfill', scope: 'b1' });
    expect(alertRulesFor('error', backfill, [project, task])).toEqual([]);
    const asks = { ...project, otherRuns: true };
    expect(ids(alertRulesFor('error', backfill, [asks, task]))).toEqual(['project']);
  });
});

const moved = (more: Parameters<typeof anInstance>[0], moves: readonly string[]) =>
  anInstance({
    ...more,
    moves: moves.map((to, n) => ({ seq: n + 1, move: 'x', to, at: t.dueAt, actor: 'a' }) as never),
    seq: Math.max(1, moves.length),
  });
const kinds = (...[from, instance]: Parameters<typeof taskOccurrences>) =>
  taskOccurrences(from, instance).map(({ kind }) => kind);

describe('a move of an instance', () => {
  it('N75 is told as a failure when no automatic retry follows, and as a retry before', () => {
    expect(kinds('RUNNING', moved({ status: 'FAILED', outcome: 'failed' }, []))).toEqual([
      'task-failed',
    ]);
    expect(kinds('RUNNING', moved({ status: 'WAIT_TIME' }, []))).toEqual(['auto-retried']);
    expect(kinds('NOT_RUN', moved({ status: 'WAIT_TIME' }, []))).toEqual([]);
  });

  it('is told as nothing when it was terminated, skipped, or changes no status', () => {
    expect(kinds('RUNNING', moved({ status: 'FAILED', outcome: 'terminated' }, []))).toEqual([]);
    expect(
      kinds('NOT_RUN', moved({ status: 'SUCCESS', outcome: 'off-day', empty: 'off-day' }, [])),
    ).toEqual([]);
    expect(kinds('NOT_RUN', moved({ status: 'SUCCESS', outcome: 'branch-not-taken' }, []))).toEqual(
      [],
    );
    expect(kinds('FAILED', moved({ status: 'FAILED', outcome: 'failed' }, []))).toEqual([]);
  });

  it('is told as a recovery when it had failed since it last succeeded', () => {
    const success = { status: 'SUCCESS', outcome: 'ran' } as const;
    expect(
      kinds('RUNNING', moved(success, ['NOT_RUN', 'FAILED', 'NOT_RUN', 'RUNNING', 'SUCCESS'])),
    ).toEqual(['task-succeeded', 'recovered']);
    expect(
      kinds('RUNNING', moved(success, ['FAILED', 'SUCCESS', 'NOT_RUN', 'RUNNING', 'SUCCESS'])),
    ).toEqual(['task-succeeded']);
    expect(
      kinds('FAILED', moved({ status: 'SUCCESS', outcome: 'set-by-hand' }, ['FAILED', 'SUCCESS'])),
    ).toEqual(['task-succeeded', 'recovered']);
    const forgot = { ...moved({ ...success, attempt: 2 }, ['NOT_RUN', 'SUCCESS']), seq: 30 };
    const moves = forgot.moves.map((move) => ({ ...move, seq: move.seq + 28 }));
    expect(kinds('RUNNING', { ...forgot, moves })).toContain('recovered');
    expect(kinds('RUNNING', { ...forgot, moves, autoRetries: 1 })).not.toContain('recovered');
  });
});

describe('failures of a date', () => {
  const day = (failed: number, terminated: number, total: number): DayCounts => ({
    total,
    counts: { FAILED: failed },
    outcomes: { terminated },
  });
  it('reach a number or a share, without what somebody terminated', () => {
    const count = { on: 'failed-count', atLeast: 3 } as const;
    expect(reachesCount(count, day(3, 1, 10))).toBeUndefined();
    expect(reachesCount(count, day(4, 1, 10))).toEqual({ count: 3, total: 10, share: 30 });
    const share = { on: 'failed-share', percent: 20 } as const;
    expect(reachesCount(share, day(2, 0, 11))).toBeUndefined();
    expect(reachesCount(share, day(2, 0, 10))).toMatchObject({ share: 20 });
    expect(reachesCount(share, day(0, 0, 0))).toBeUndefined();
  });
});
