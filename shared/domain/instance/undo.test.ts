import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Instance } from './instance.schema.ts';
import type { MoveName } from './lifecycle.ts';
import { moveInstance } from './move-instance.ts';
import { refusalOf } from './refusal-of.ts';

const at = '2026-11-20T03:00:00.000Z';
const step = (instance: Instance, move: MoveName, set: Partial<Instance> = {}): Instance => {
  const moved = moveInstance(instance, { move, at, actor: 'ann', set });
  if (!moved.ok) throw new Error(moved.error.message);
  return moved.value.instance;
};
const failed = anInstance({
  status: 'FAILED',
  outcome: 'failed',
  error: 'no such file',
  attempt: 1,
  submittedAt: at,
  endedAt: '2026-11-20T02:30:00.000Z',
});
const seen = ({ seq: _, moves: __, ...rest }: Instance) => JSON.parse(JSON.stringify(rest));

describe('undo', () => {
  it('brings back what an operation replaced, whichever it was', () => {
    const waiting = anInstance({ priority: 'LOW', resourceGroup: 'g' });
    const held = { since: at, by: 'ann' };
    const operations: [Instance, MoveName, Partial<Instance>][] = [
      [failed, 'set-success', {}],
      [waiting, 'pause', {}],
      [waiting, 'hold', { held }],
      [waiting, 'set-priority', { priority: 'HIGH' }],
      [waiting, 'set-resource-group', { resourceGroup: 'h' }],
    ];
    for (const [before, move, set] of operations)
      expect(seen(step(step(before, move, set), 'undo'))).toEqual(seen(before));
  });

  it('survives the moves of the gate between two waits and ends with anything else', () => {
    const paused = step(anInstance({ status: 'WAIT_TIME' }), 'set-priority', { priority: 'HIGH' });
    const between: MoveName[] = ['throttle', 'queue', 'reopen', 'ready'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...between), { maxLength: 12 }), (moves) => {
        const later = moves.reduce(
          (instance, move) => (refusalOf(instance, move) ? instance : step(instance, move)),
          paused,
        );
        expect(step(later, 'undo').priority).toBe('MIDDLE');
      }),
    );
    const admitted = step(paused, 'admit', { attempt: 1, submittedAt: at });
    expect(admitted.undo).toBeUndefined();
    expect(refusalOf(paused, 'undo')).toBeUndefined();
    expect(refusalOf(step(paused, 'undo'), 'undo')?.reason).toBe('nothing-to-undo');
  });

  it('names the bulk operation that did it', () => {
    const moved = moveInstance(failed, { move: 'set-success', at, actor: 'ann', operation: 'op1' });
    expect(moved.ok && moved.value.instance.undo?.operation).toBe('op1');
    expect(moved.ok && moved.value.instance.moves.at(-1)?.operation).toBe('op1');
  });

  it('keeps the failed attempt on record when its instance is set to success', () => {
    const moved = moveInstance(failed, { move: 'set-success', at, actor: 'ann' });
    expect(moved.ok && moved.value.superseded).toMatchObject({ attempt: 1, status: 'FAILED' });
    expect(moved.ok && moved.value.instance).toMatchObject({ outcome: 'set-by-hand', endedAt: at });
  });
});
