import { describe, expect, it } from 'vitest';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { ganttOf } from './gantt-of.ts';

const at = (clock: string) => `2026-11-20T${clock}.000Z`;
const row = (task: string, fields: Partial<InstanceRow>): InstanceRow =>
  ({
    ...{ id: task, task, index: 1, dueAt: at('02:00:00'), startedAt: null, endedAt: null },
    ...fields,
  }) as InstanceRow;

describe('the Gantt of a run', () => {
  it('has planned and actual stretches in order, and a span that holds them all', () => {
    const { rows, span } = ganttOf(
      [
        row('later', { dueAt: at('03:00:00') }),
        row('runs', { startedAt: at('02:10:00') }),
        row('done', { startedAt: at('01:59:58'), endedAt: at('02:05:00') }),
      ],
      new Map([['later', 600]]),
      at('02:20:00'),
    );
    expect(rows.map(({ instance }) => instance.id)).toEqual(['done', 'runs', 'later']);
    expect(rows.map(({ actual }) => actual?.endAt)).toEqual([
      at('02:05:00'),
      at('02:20:00'),
      undefined,
    ]);
    expect(rows[2]?.planned).toEqual({ startAt: at('03:00:00'), endAt: at('03:10:00') });
    expect(span).toEqual({ from: at('01:59:58'), to: at('03:10:00') });
  });

  it('never ends before it begins, whatever the clock says', () => {
    const ahead = row('ahead', { startedAt: at('02:10:00') });
    const { rows } = ganttOf([ahead], new Map(), at('02:00:00'));
    expect(rows[0]?.actual).toEqual({ startAt: at('02:10:00'), endAt: at('02:10:00') });
  });
});
