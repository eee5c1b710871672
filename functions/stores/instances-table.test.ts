import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { instanceIdOf, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { instanceOfItem, itemOfInstance } from './instance-item.ts';
import { dayKeysOf, instanceIdOfKey, instancesTable, queueKeysOf } from './instances-table.ts';

const key = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,20}[A-Za-z0-9_])?$/);
const ref = fc.record({
  env: fc.constantFrom('prod' as const, 'dev' as const),
  project: key,
  workflow: key,
  task: key,
  family: fc.constantFrom('recurring', 'manual', 'backfill', 'barrier'),
  scope: fc.oneof(fc.constant(''), key),
  bizDate: fc.constantFrom('2026-11-19', '2024-02-29'),
  cycle: fc.integer({ min: 1, max: 288 }),
  index: fc.integer({ min: 1, max: 288 }),
});
const at = fc
  .integer({ min: 1_700_000_000_000, max: 2_000_000_000_000 })
  .map((ms) => new Date(ms).toISOString());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const instance = fc
  .tuple(
    ref,
    fc.record({
      status: fc.constantFrom(
        'NOT_RUN',
        'WAIT_TIME',
        'THROTTLED',
        'WAIT_RESOURCE',
        'SUBMITTED',
        'RUNNING',
      ),
      dueAt: at,
      retryAt: maybe(at),
      waitUntil: maybe(at),
      submittedAt: maybe(at),
      paused: maybe(fc.constant(true)),
      parked: maybe(fc.constant(true)),
      token: maybe(fc.string()),
      error: maybe(fc.string()),
      waitingFor: maybe(fc.constant('throttle:x')),
      slots: fc.array(fc.record({ pool: fc.constant('group:a#b'), stripe: fc.nat(9) })),
      moves: fc
        .array(
          fc.record({
            move: fc.constantFrom('admit', 'claim'),
            from: maybe(fc.constantFrom('NOT_RUN', 'RUNNING')),
            to: fc.constantFrom('SUBMITTED', 'SUCCESS'),
            at,
            actor: fc.string(),
            reason: maybe(fc.string()),
          }),
          { minLength: 1, maxLength: 20 },
        )
        .map((moves) => moves.map((move, n) => ({ ...move, seq: n + 1 }))),
    }),
  )
  .map(([names, fields]) =>
    anInstance({
      ...names,
      ...fields,
      id: instanceIdOf(names as Instance),
      runId: runIdOf(names as Instance),
      seq: fields.moves.length,
    } as Instance),
  );

describe('keys of the instances table', () => {
  it('name the instance they were made of', () => {
    fc.assert(
      fc.property(ref, (names) => {
        const id = instanceIdOf(names as Instance);
        expect(instanceIdOfKey(instancesTable.instance(id))).toBe(id);
      }),
    );
  });

  it('of other items name no instance', () => {
    const id = anInstance().id;
    for (const other of [
      instancesTable.run(anInstance().runId),
      instancesTable.edges(id, id),
      instancesTable.request('x'),
      instancesTable.pool('prod', 'throttle:x', 0),
    ])
      expect(instanceIdOfKey(other)).toBeUndefined();
  });

  it('put an instance into one queue until it has ended, and parked ones apart', () => {
    fc.assert(
      fc.property(instance, (each) => {
        const queue = queueKeysOf(each).qpk?.[0];
        const active = each.status === 'SUBMITTED' || each.status === 'RUNNING';
        if (active) expect(queue).toBe('A');
        else expect(queue === 'H').toBe(Boolean(each.paused || each.parked));
      }),
    );
    expect(queueKeysOf(anInstance({ status: 'SUCCESS' }))).toEqual({});
  });

  it('list a higher priority before a lower one, and an earlier due time before a later one', () => {
    const waiting = { status: 'THROTTLED', waitingFor: 'throttle:x' } as const;
    const place = (fields: Partial<Instance>) =>
      String(queueKeysOf(anInstance({ ...waiting, ...fields })).qsk);
    expect(place({ priority: 'HIGH' }) < place({ priority: 'LOW' })).toBe(true);
    expect(
      place({ dueAt: '2026-11-20T01:00:00.000Z' }) < place({ dueAt: '2026-11-20T02:00:00.000Z' }),
    ).toBe(true);
  });

  it('queue what yields behind everything that does not, whatever its priority', () => {
    const waiting = { status: 'THROTTLED', waitingFor: 'throttle:x' } as const;
    const place = (fields: Partial<Instance>) =>
      String(queueKeysOf(anInstance({ ...waiting, ...fields })).qsk);
    const last = place({ priority: 'LOWEST', dueAt: '2026-12-31T00:00:00.000Z' });
    expect(place({ yields: true, priority: 'HIGHEST' }) > last).toBe(true);
    expect(
      place({ yields: true, priority: 'HIGH' }) < place({ yields: true, priority: 'LOW' }),
    ).toBe(true);
  });

  it('keep what waits in a backfill apart from what waits tonight, its barriers too', () => {
    const queueOf = (fields: Partial<Instance>) => queueKeysOf(anInstance(fields)).qpk?.[0];
    expect(queueOf({})).toBe('N');
    expect(queueOf({ family: 'barrier' })).toBe('N');
    expect(queueOf({ family: 'backfill', scope: 'abc' })).toBe('F');
    expect(queueOf({ family: 'barrier', scope: 'bf-abc' })).toBe('F');
    expect(queueOf({ family: 'backfill', scope: 'abc', paused: true })).toBe('H');
  });

  it('keep barriers out of the lists of a day', () => {
    expect(dayKeysOf(anInstance({ family: 'barrier' }))).toEqual({});
  });
});

describe('an instance item', () => {
  it('comes back as the instance that was written', () => {
    fc.assert(
      fc.property(instance, (each) => {
        expect(instanceOfItem(itemOfInstance(each, 30).item)).toEqual(each);
      }),
    );
  });

  it('expires only once the instance has ended', () => {
    const endedAt = '2026-11-20T02:00:00.000Z';
    const ended = anInstance({ status: 'SUCCESS', outcome: 'ran', endedAt });
    expect(itemOfInstance(ended, 30).item.expiresAt).toBe(Date.parse(endedAt) / 1000 + 2_592_000);
    expect(itemOfInstance(anInstance(), 30).item.expiresAt).toBeUndefined();
  });

  it('of a newer version is refused, not misread', () => {
    const { item } = itemOfInstance(anInstance(), 30);
    expect(() => instanceOfItem({ ...item, v: 2 })).toThrow(/newer/);
  });
});
