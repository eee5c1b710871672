import { describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { foldMove } from '../../shared/domain/run/fold-run.ts';
import { testScopePrefix } from '../../shared/domain/run/test-scope.ts';
import { aNotification, anAlertRule } from '../../shared/testing/a-rule.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import type { TellWorld } from '../matching/tell-world.ts';
import type { CountedMove } from './counted-move.ts';
import { tellOf } from './tell-of.ts';

const looked: string[] = [];
const world = (asks: boolean): TellWorld => ({
  rulesOf: async () => ({
    notifications: [aNotification({ otherRuns: asks })],
    alerts: [anAlertRule({ otherRuns: asks })],
  }),
  workflowOf: async () => undefined,
  ownerOf: async ({ id }) => {
    looked.push(id);
    return 'olga';
  },
  zoneOf: async () => 'UTC',
});

/** What the last failure of the only instance of a run is told as. */
const failureOf = async (fields: Partial<Instance>, asks = false) => {
  const fresh = anInstance(fields);
  const change = { instanceId: fresh.id, version: 1, dueAt: fresh.dueAt, at: fresh.dueAt };
  const born = foldMove(undefined, { ...change, to: 'NOT_RUN' });
  const running = foldMove(born, { ...change, from: 'NOT_RUN', to: 'RUNNING' });
  const instance: Instance = { ...fresh, status: 'FAILED', outcome: 'failed', error: 'no', seq: 3 };
  const move = { ...change, from: 'RUNNING', to: 'FAILED', outcome: 'failed', instance, seq: 3 };
  const after = foldMove(running, move as CountedMove);
  const steps = after
    ? [{ move: { ...move, sequenceNumber: '1' } as CountedMove, before: running, after }]
    : [];
  const told = await tellOf(world(asks))(steps);
  return told.map(({ kind, rules }) => [kind, rules.map(({ name }) => name).join(' ')]);
};

describe('what recorded moves are told as', () => {
  it('a failure of the night is told to its rules, and that of the run too', async () => {
    expect(await failureOf({})).toEqual([
      ['task-failed', 'a1'],
      ['run-failed', 'n1'],
    ]);
  });

  it('N82 a failure of a backfill is told only to rules that ask for other runs', async () => {
    const backfill = { family: 'backfill', scope: 'b1' } as const;
    expect(await failureOf(backfill)).toEqual([]);
    expect(await failureOf(backfill, true)).toEqual([
      ['task-failed', 'a1'],
      ['run-failed', 'n1'],
    ]);
  });

  it('N82 a failure of a start by hand opens incidents, and is told only to rules that ask', async () => {
    const manual = { family: 'manual', scope: 'm1' } as const;
    expect(await failureOf(manual)).toEqual([['task-failed', '']]);
    expect(await failureOf(manual, true)).toEqual([
      ['task-failed', 'a1'],
      ['run-failed', 'n1'],
    ]);
  });

  it('N82 a failure of a test run or in development is told to nobody, whatever rules ask', async () => {
    expect(await failureOf({ family: 'manual', scope: `${testScopePrefix}1` }, true)).toEqual([]);
    expect(await failureOf({ env: 'dev' }, true)).toEqual([]);
  });

  it('looks up the owner only of what is told', async () => {
    looked.length = 0;
    await failureOf({ family: 'backfill', scope: 'b1' });
    expect(looked).toEqual([]);
  });
});
