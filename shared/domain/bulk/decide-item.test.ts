import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import { Status } from '../instance/instance.schema.ts';
import { moveInstance } from '../instance/move-instance.ts';
import { decideItem, type Undertaking } from './decide-item.ts';
import { BulkOp } from './operation.schema.ts';

const now = '2026-11-20T03:00:00.000Z';
const parameters = { priority: 'HIGH', resourceGroup: 'g', reason: 'late file' } as const;
const downstream = (more: Partial<Undertaking> = {}): Undertaking => ({
  op: 'rerun-downstream',
  parameters: {},
  actor: 'ann',
  range: 'terminal',
  ...more,
});
const forced = (more: Partial<Undertaking> = {}) =>
  downstream({ parameters: { force: true }, ...more });
const inStatus = (status: Status) => anInstance({ status, attempt: 1 });

describe('what an operation does to one instance', () => {
  it('N38 runs again what has ended, and leaves out what runs or waits with the reason', () => {
    for (const status of ['SUCCESS', 'FAILED'] as const)
      expect(decideItem(inStatus(status), downstream(), now)).toMatchObject({
        decide: 'move',
        request: { move: 'rerun' },
      });
    for (const status of ['NOT_RUN', 'WAIT_TIME', 'SUBMITTED', 'RUNNING'] as const)
      expect(decideItem(inStatus(status), downstream({ range: 'list' }), now)).toMatchObject({
        decide: 'refuse',
        reason: expect.stringContaining(`not allowed from ${status}`),
      });
  });

  it('N38 with all that is below lets those simply wait again that have not started', () => {
    expect(decideItem(inStatus('NOT_RUN'), downstream({ range: 'all' }), now)).toEqual({
      decide: 'wait',
    });
    expect(decideItem(inStatus('RUNNING'), downstream({ range: 'all' }), now)).toMatchObject({
      decide: 'refuse',
    });
  });

  it('N38 with force takes any status: what runs is stopped to run again behind its upstreams', () => {
    expect(decideItem(inStatus('RUNNING'), forced(), now)).toMatchObject({
      request: { move: 'force-rerun', set: { stopping: 'rerun' } },
    });
    expect(decideItem(inStatus('NOT_RUN'), forced(), now)).toEqual({ decide: 'wait' });
    expect(decideItem(inStatus('SUCCESS'), forced(), now)).toMatchObject({
      request: { move: 'rerun' },
    });
  });

  it('N38 with force lets the root, and only it, pass what is above it', () => {
    for (const status of Status.options) {
      const decision = decideItem(inStatus(status), forced({ isRoot: true }), now);
      expect(decision).toMatchObject({ decide: 'move', request: { move: 'force-rerun' } });
      if (decision.decide === 'move') expect(decision.request.set?.stopping).toBeUndefined();
    }
  });

  it('takes back only what the operation did that is undone', () => {
    const undo: Undertaking = { op: 'undo', parameters: {}, actor: 'ann', undoes: 'op-1' };
    const paused = (operation?: string) =>
      anInstance({ paused: true, parked: true, undo: { move: 'pause', operation } });
    expect(decideItem(paused('op-1'), undo, now)).toMatchObject({ decide: 'move' });
    expect(decideItem(paused('op-2'), undo, now)).toMatchObject({ decide: 'refuse' });
    expect(decideItem(paused(), undo, now)).toMatchObject({ decide: 'refuse' });
    expect(decideItem(paused(), { ...undo, undoes: undefined }, now)).toMatchObject({
      decide: 'move',
    });
  });

  it('never decides for a move that the lifecycle refuses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BulkOp.options),
        fc.constantFrom(...Status.options),
        fc.record({
          paused: fc.option(fc.constant(true), { nil: undefined }),
          stopping: fc.option(fc.constantFrom('terminate' as const, 'rerun' as const), {
            nil: undefined,
          }),
        }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('list' as const, 'all' as const, 'terminal' as const),
        (op, status, flags, force, isRoot, range) => {
          const instance = anInstance({ status, attempt: 1, ...flags });
          const work = { op, parameters: { ...parameters, force }, actor: 'ann', isRoot, range };
          const decision = decideItem(instance, work, now);
          if (decision.decide === 'move')
            expect(moveInstance(instance, { ...decision.request, at: now, actor: 'ann' }).ok).toBe(
              true,
            );
        },
      ),
    );
  });
});
