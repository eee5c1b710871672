import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Move } from '../instance/instance.schema.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import { errorFingerprint } from './error-fingerprint.ts';
import { isAtRisk } from './is-at-risk.ts';
import { lastFixOf } from './last-fix.ts';
import { refusalOfNoteEdit } from './may-edit-note.ts';

const now = '2026-11-20T10:00:00.000Z';
const note = { id: '1', project: 'p', at: now, by: 'ann', text: 'mind the gap' };

describe('a note to the next shift', () => {
  it('is changed by its author, while the shift lasts', () => {
    expect(refusalOfNoteEdit(note, 'ann', plusSeconds(now, 12 * 3600 - 1))).toBeUndefined();
    expect(refusalOfNoteEdit(note, 'ann', plusSeconds(now, 12 * 3600))).toContain(
      'write a new one',
    );
    expect(refusalOfNoteEdit(note, 'bob', now)).toContain('note of ann');
  });
});

describe('an instance at risk', () => {
  it('was due longer ago than one and a half times its mean, and has not ended', () => {
    const due = (secondsAgo: number) =>
      ({ status: 'RUNNING', dueAt: plusSeconds(now, -secondsAgo) }) as const;
    expect(isAtRisk(due(150), 100, now)).toBe(false);
    expect(isAtRisk(due(151), 100, now)).toBe(true);
    expect(isAtRisk({ ...due(151), status: 'SUCCESS' }, 100, now)).toBe(false);
    expect(isAtRisk(due(9_999), undefined, now)).toBe(false);
  });
});

describe('the last fix', () => {
  const moves = (...names: [Move['move'], Move['from'], Move['to'], string][]): Move[] =>
    names.map(([move, from, to, actor], n) => ({
      ...{ seq: n + 1, move, to, actor, at: plusSeconds(now, n) },
      ...(from ? { from } : {}),
    }));
  const failed: [Move['move'], Move['from'], Move['to'], string] = [
    'fail',
    'RUNNING',
    'FAILED',
    'system:run',
  ];
  const instance = (status: 'SUCCESS' | 'FAILED', history: Move[]) =>
    lastFixOf(anInstance({ status, moves: history, seq: history.length }));

  it('is the last hand operation between a failure and the success', () => {
    const rerun = moves(
      failed,
      ['set-priority', 'FAILED', 'FAILED', 'ann'],
      ['rerun', 'FAILED', 'NOT_RUN', 'ann'],
      ['admit', 'NOT_RUN', 'SUBMITTED', 'system:dispatch'],
      ['succeed', 'RUNNING', 'SUCCESS', 'system:run'],
    );
    expect(instance('SUCCESS', rerun)).toMatchObject({
      move: 'rerun',
      actor: 'ann',
      at: plusSeconds(now, 2),
    });
    expect(instance('FAILED', rerun)).toBeUndefined();
  });

  it('is none where it healed by itself, or never failed', () => {
    const byItself = moves(
      failed,
      ['rerun', 'FAILED', 'NOT_RUN', 'system:operation'],
      ['succeed', 'RUNNING', 'SUCCESS', 'system:run'],
    );
    expect(instance('SUCCESS', byItself)).toBeUndefined();
    expect(
      instance(
        'SUCCESS',
        moves(
          ['rerun', 'SUCCESS', 'NOT_RUN', 'ann'],
          ['succeed', 'RUNNING', 'SUCCESS', 'system:run'],
        ),
      ),
    ).toBeUndefined();
  });
});

describe('the fingerprint of an error', () => {
  it('is the same whatever numbers and ids it names', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uuid(), fc.nat(), fc.uuid(), (n, id, m, other) => {
        const error = (rows: number, key: string) =>
          `Row ${rows} of ${key} has no price\n at line ${rows}`;
        expect(errorFingerprint(error(n, id))).toBe(errorFingerprint(error(m, other)));
      }),
    );
  });

  it('differs where the words differ', () => {
    expect(errorFingerprint('disk full')).not.toBe(errorFingerprint('time-out after 60 s'));
  });
});
