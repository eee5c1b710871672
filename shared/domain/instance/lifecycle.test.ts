import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Instance } from './instance.schema.ts';
import { isActive, isEnded, lifecycle, type MoveName, sourcesOf, targetOf } from './lifecycle.ts';
import { moveInstance } from './move-instance.ts';
import { refusalOf } from './refusal-of.ts';

const at = '2026-11-20T03:00:00.000Z';
const moves = [
  ...new Set(Object.values(lifecycle).flatMap((row) => Object.keys(row))),
] as MoveName[];
const anyMove = fc.constantFrom(...moves);
const anyWalk = fc.array(anyMove, { maxLength: 60 });

/** Walks through the moves that are allowed; refused ones change nothing. */
const walk = (names: readonly MoveName[]): Instance =>
  names.reduce((instance, move) => {
    const set =
      move === 'admit'
        ? { slots: [{ pool: 'throttle:x', stripe: 0 }], attempt: instance.attempt + 1 }
        : {};
    const moved = moveInstance(instance, { move, at, actor: 'test', set });
    return moved.ok ? moved.value.instance : instance;
  }, anInstance());

describe('the lifecycle', () => {
  it('is never left, whatever the order of moves', () => {
    fc.assert(
      fc.property(anyWalk, anyMove, (names, move) => {
        const instance = walk(names);
        const moved = moveInstance(instance, { move, at, actor: 'test' });
        const allowed = targetOf(instance.status, move) !== undefined && !refusalOf(instance, move);
        expect(moved.ok).toBe(allowed);
        if (moved.ok) expect(moved.value.instance.status).toBe(targetOf(instance.status, move));
      }),
    );
  });

  it('N20 keeps the status when an instance is paused or resumed, and lets a terminal one be neither', () => {
    for (const status of Object.keys(lifecycle) as (keyof typeof lifecycle)[]) {
      const to = targetOf(status, 'pause');
      expect(to).toBe(isEnded({ status }) || isActive({ status }) ? undefined : status);
      expect(targetOf(status, 'resume')).toBe(to);
    }
  });

  it('holds slots in SUBMITTED and RUNNING only', () => {
    fc.assert(
      fc.property(anyWalk, (names) => {
        const instance = walk(names);
        if (!isActive(instance)) {
          expect(instance.slots).toEqual([]);
          expect(instance.token).toBeUndefined();
          expect(instance.stopping).toBeUndefined();
        }
      }),
    );
  });

  it('loses no move: seq counts them and the history has each', () => {
    fc.assert(
      fc.property(anyWalk, (names) => {
        const { moves: history, seq } = walk(names);
        expect(history.map((move) => move.seq)).toEqual(
          Array.from({ length: seq }, (_, n) => n + 1),
        );
        for (const [n, move] of history.slice(1).entries()) expect(move.from).toBe(history[n]?.to);
      }),
    );
  });

  it('says from where a refused move is allowed', () => {
    const refusal = refusalOf(anInstance(), 'rerun');
    expect(refusal?.message).toBe(
      'rerun is not allowed from NOT_RUN; it is allowed from SUCCESS, FAILED',
    );
  });

  it('lets terminate reach what waits in a queue or runs, not what has not begun to wait (decision 14)', () => {
    expect(sourcesOf('terminate')).toEqual([
      'WAIT_TIME',
      'THROTTLED',
      'WAIT_RESOURCE',
      'SUBMITTED',
      'RUNNING',
    ]);
  });

  it('N34 allows a rerun from SUCCESS and FAILED only', () => {
    expect(sourcesOf('rerun')).toEqual(['SUCCESS', 'FAILED']);
  });

  it('N35 allows a forced rerun from every status; a running attempt is stopped first', () => {
    expect(sourcesOf('force-rerun')).toEqual(Object.keys(lifecycle));
    for (const status of Object.keys(lifecycle) as (keyof typeof lifecycle)[])
      expect(targetOf(status, 'force-rerun')).toBe(isActive({ status }) ? status : 'NOT_RUN');
  });

  it('N36 allows setting success from FAILED only', () => {
    expect(sourcesOf('set-success')).toEqual(['FAILED']);
  });

  it('lets an approval be answered only once a person has been asked', () => {
    const waiting = anInstance({ status: 'WAIT_TIME' });
    for (const move of ['approve', 'reject'] as const) {
      expect(refusalOf(waiting, move)?.reason).toBe('not-asked');
      expect(refusalOf({ ...waiting, askedAt: at }, move)).toBeUndefined();
    }
  });

  it('N37 ends what is terminated as FAILED, at once or when its attempt is known to be dead', () => {
    for (const status of sourcesOf('terminate'))
      expect(targetOf(status, isActive({ status }) ? 'stopped' : 'terminate')).toBe('FAILED');
  });

  it('begins anew with a rerun: retries count from nothing and the last end is gone', () => {
    const failed = anInstance({
      status: 'FAILED',
      outcome: 'failed',
      autoRetries: 1,
      error: 'no',
      endedAt: at,
    });
    const moved = moveInstance(failed, { move: 'rerun', at, actor: 'ann' });
    expect(moved.ok && moved.value.instance).toMatchObject({ status: 'NOT_RUN', autoRetries: 0 });
    expect(moved.ok && moved.value.instance.outcome).toBeUndefined();
    expect(moved.ok && moved.value.instance.endedAt).toBeUndefined();
  });

  it('refuses a second pause, a resume of what is not paused and a second stop', () => {
    expect(refusalOf(anInstance({ paused: true }), 'pause')?.reason).toBe('already-paused');
    expect(refusalOf(anInstance(), 'resume')?.reason).toBe('not-paused');
    expect(
      refusalOf(anInstance({ status: 'RUNNING', stopping: 'terminate' }), 'terminate')?.reason,
    ).toBe('already-stopping');
  });
});
