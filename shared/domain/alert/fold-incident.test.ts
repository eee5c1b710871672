import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../kernel/calendar-day.ts';
import { joinFailures, openIncident, recoverMembers, rememberSuccess } from './fold-incident.ts';
import type { IncidentRecord, InstanceTurn } from './incident-member.ts';

const at = '2026-11-20T02:00:00.000Z';
const fresh = openIncident(
  {
    ...{ id: 'i', key: 'k', env: 'prod', project: 'p' },
    cause: { kind: 'error', fingerprint: 'x' },
  },
  at,
);

type Turn = InstanceTurn & { readonly failed: boolean };

/** Failures and successes take turns: 1 failed, 2 succeeded, 3 failed, … */
const turnsOf = (instance: string, count: number): Turn[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ instance, seq: n + 1, at: plusSeconds(at, n), workflow: 'w', failed: n % 2 === 0 },
  }));

/** Takes turns in as they arrive, as notify does. */
const foldAll = (turns: readonly Turn[]) => {
  const records = new Map<string, IncidentRecord>();
  let incident = fresh;
  for (const turn of turns) {
    const success = turn.failed ? undefined : rememberSuccess(turn, records.get(turn.instance));
    if (success) records.set(turn.instance, success);
    const folded = turn.failed
      ? joinFailures(incident, records, [turn])
      : recoverMembers(incident, records, [turn], at);
    incident = folded.incident;
    for (const record of folded.records) records.set(record.instance, record);
  }
  return { incident, records };
};

describe('counts of an incident', () => {
  it('are exact, in whatever order and however often failures and successes come', () => {
    const arrivals = fc
      .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })
      .chain((lengths) => {
        const turns = lengths.flatMap((length, n) => turnsOf(`i${n}`, length));
        return fc.tuple(
          fc.constant(lengths),
          fc.shuffledSubarray([...turns, ...turns], { minLength: 2 * turns.length }),
        );
      });
    fc.assert(
      fc.property(arrivals, ([lengths, turns]) => {
        // One that stays open keeps the incident from ending in between.
        const { incident, records } = foldAll([...turnsOf('stays', 1), ...turns]);
        expect(incident.failures).toBe(1 + lengths.length);
        expect(incident.open).toBe(1 + lengths.filter((length) => length % 2 === 1).length);
        expect([...records.values()].filter(({ open }) => open)).toHaveLength(incident.open);
        expect(incident.status).toBe('OPEN');
      }),
    );
  });

  it('end it with the success of the last member, not before', () => {
    const [failed, succeeded] = [turnsOf('a', 1), turnsOf('a', 2).slice(1)];
    const other = turnsOf('b', 2);
    expect(foldAll([...failed, ...other]).incident).toMatchObject({ status: 'OPEN', open: 1 });
    expect(foldAll([...failed, ...other, ...succeeded]).incident).toMatchObject({
      ...{ status: 'RECOVERED', recoveredAt: at, open: 0, failures: 2 },
    });
  });

  it('name the first twenty workflows that are struck', () => {
    const turns = Array.from({ length: 30 }, (_, n) => ({
      ...{ instance: `i${n}`, seq: 1, at, workflow: `w${n}` },
    }));
    expect(joinFailures(fresh, new Map(), turns).incident.workflows).toHaveLength(20);
  });
});
