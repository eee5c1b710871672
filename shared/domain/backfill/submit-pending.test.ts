import { describe, expect, it } from 'vitest';
import { Backfill } from './backfill.schema.ts';
import { closedUntil } from './run-window.ts';
import { nextSubmission, submitPending } from './submit-pending.ts';

const now = '2026-11-20T10:00:00.000Z';
const pending = (more: object = {}): Backfill =>
  Backfill.parse({
    ...{ id: 'aaa', name: 'n', project: 'p', owner: 'ann', zone: 'Europe/Berlin', dst: 'shift' },
    ...{ operated: 'all', state: 'pending', createdAt: now, updatedAt: now },
    selection: { roots: ['p/w/a'] },
    dates: { last: 1 },
    ...more,
  });

describe('a pending backfill', () => {
  it('N58 is submitted at its time and becomes the submitted one', () => {
    const at = '2026-11-21T01:00:00.000Z';
    const backfill = pending({ when: { kind: 'at', at }, nextAt: at });
    expect(nextSubmission(backfill, backfill, now)).toEqual({ nextAt: at, startAt: at });
    const { submitted, pending: left } = submitPending(backfill, { id: 'x', at, byHand: false });
    expect(submitted).toMatchObject({
      id: 'aaa',
      state: 'submitted',
      submittedAt: at,
      startAt: at,
    });
    expect(submitted.nextAt).toBeUndefined();
    expect(left).toBeUndefined();
    expect(submitPending(backfill, { id: 'x', at: now, byHand: true }).submitted.startAt).toBe(
      undefined,
    );
  });

  it('N58 with a schedule is submitted at 23:00 of the day before, again and again', () => {
    const when = { kind: 'periodic', schedule: { every: 'week', on: ['MON'], at: '06:00' } };
    const first = pending({ when });
    const next = nextSubmission(first, first, now);
    expect(next).toEqual({
      nextAt: '2026-11-22T22:00:00.000Z',
      startAt: '2026-11-23T05:00:00.000Z',
    });
    const backfill = { ...first, nextAt: next?.nextAt };
    const done = submitPending(backfill, {
      id: 'bbb',
      at: '2026-11-22T22:00:30.000Z',
      byHand: false,
    });
    expect(done.submitted).toMatchObject({ id: 'bbb', of: 'aaa', startAt: next?.startAt });
    expect(done.pending).toMatchObject({
      id: 'aaa',
      state: 'pending',
      nextAt: '2026-11-29T22:00:00.000Z',
    });
  });

  it('is asked for once a day at most, however often its schedule fires', () => {
    const when = { kind: 'periodic', schedule: { every: 'hour', interval: 1 } };
    const backfill = pending({ when });
    const after = '2026-11-20T22:30:00.000Z';
    expect(nextSubmission(backfill, backfill, after)).toEqual({
      nextAt: '2026-11-21T22:00:00.000Z',
      startAt: '2026-11-21T23:00:00.000Z',
    });
  });

  it('that is run by hand has no time', () => {
    const backfill = pending({ when: { kind: 'manual' } });
    expect(nextSubmission(backfill, backfill, now)).toBeUndefined();
    expect(submitPending(backfill, { id: 'c', at: now, byHand: true })).toEqual({
      submitted: expect.objectContaining({ id: 'c', of: 'aaa', when: { kind: 'now' } }),
    });
  });
});

describe('a run window', () => {
  const night = { from: '22:00', to: '06:00', weekends: false };
  it('is open between its ends, over midnight too', () => {
    expect(closedUntil(night, 'UTC', '2026-11-20T23:00:00.000Z')).toBeUndefined();
    expect(closedUntil(night, 'UTC', '2026-11-20T05:59:00.000Z')).toBeUndefined();
    expect(closedUntil(night, 'UTC', '2026-11-20T06:00:00.000Z')).toBe('2026-11-20T22:00:00.000Z');
  });
  it('is open all weekend where that was asked for', () => {
    const hours = { ...night, weekends: true };
    expect(closedUntil(hours, 'UTC', '2026-11-21T12:00:00.000Z')).toBeUndefined();
    expect(closedUntil(hours, 'UTC', '2026-11-23T12:00:00.000Z')).toBe('2026-11-23T22:00:00.000Z');
  });
});
