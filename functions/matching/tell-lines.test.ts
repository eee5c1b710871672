import { describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { LogLevel } from '../../shared/domain/log/log-line.schema.ts';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import { testScopePrefix } from '../../shared/domain/run/test-scope.ts';
import { anAlertRule } from '../../shared/testing/a-rule.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type LinesToTell, tellLinesOf } from './tell-lines.ts';

/** What is told of a line that a rule looks for, by its level. */
const told = async (
  fields: Partial<Instance>,
  {
    level = 'INFO',
    end,
    asks = false,
  }: { level?: LogLevel; end?: LinesToTell['end']; asks?: boolean } = {},
): Promise<readonly Occurrence[]> => {
  const found: Occurrence[] = [];
  const condition = { on: 'log-keyword', text: 'BAD ROW' } as const;
  const tell = tellLinesOf(
    {
      rulesOf: async () => ({
        notifications: [],
        alerts: [anAlertRule({ condition, otherRuns: asks })],
      }),
      ownerOf: async () => 'olga',
    },
    {
      putOccurrence: async (occurrence) => {
        found.push(occurrence);
        return true;
      },
    },
  );
  const instance = anInstance({ status: 'RUNNING', attempt: 1, ...fields });
  const line = { at: instance.dueAt, level, text: 'a bad row', operation: 'invoke' };
  await tell({ instance, attempt: 1, lines: [line], end });
  return found;
};

describe('a line that a rule looks for', () => {
  it('is told with the rule, the word and the line, in any case of letters', async () => {
    expect(await told({})).toMatchObject([
      {
        ...{ kind: 'log-keyword', owner: 'olga', attempt: 1, rules: [{ name: 'a1' }] },
        detail: { keyword: 'BAD ROW', line: 'a bad row', level: 'INFO' },
      },
    ]);
  });

  it('N82 is told of other runs only where the rule asks, and never of test runs or development', async () => {
    const backfill = { family: 'backfill', scope: 'b1' } as const;
    expect(await told(backfill)).toEqual([]);
    expect(await told(backfill, { asks: true })).toHaveLength(1);
    const test = { family: 'manual', scope: `${testScopePrefix}1` } as const;
    expect(await told(test, { asks: true })).toEqual([]);
    expect(await told({ env: 'dev' }, { asks: true })).toEqual([]);
  });

  it('is not told as a failure while an automatic retry may follow, nor when one does', async () => {
    const level = 'ERROR' as const;
    const retries = { ...anInstance().retries, count: 2 };
    expect(await told({ retries }, { level })).toEqual([]);
    expect(await told({ retries }, { level, end: 'retried' })).toEqual([]);
    expect(await told({ retries }, { level, end: 'final' })).toHaveLength(1);
    expect(await told({ retries, autoRetries: 2 }, { level })).toHaveLength(1);
  });
});
