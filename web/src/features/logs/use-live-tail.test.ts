import { describe, expect, it } from 'vitest';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { addToTail, mostInTail, type Tail } from './use-live-tail.ts';

const row = (id: string, at: string) => ({ id, at }) as LogRow;
const nothing: Tail = { rows: [], cut: false, error: undefined };
const since = '2026-11-19T09:00:00.000Z';
const ids = ({ rows }: Tail) => rows.map(({ id }) => id);

describe('the live tail', () => {
  it('shows each line once, the newest last, in the order in which they came', () => {
    const first = addToTail(nothing, {
      ...{ more: false, since },
      rows: [row('b', '2026-11-19T09:00:02.000Z'), row('a', '2026-11-19T09:00:01.000Z')],
    });
    const late = addToTail(first, {
      ...{ more: false, since },
      rows: [row('b', '2026-11-19T09:00:02.000Z'), row('late', '2026-11-19T09:00:00.500Z')],
    });
    expect(ids(late)).toEqual(['a', 'b', 'late']);
  });

  it('leaves out what is older than its start, and begins anew when it is cleared', () => {
    const tail = addToTail(nothing, {
      ...{ more: false, since },
      rows: [row('old', '2026-11-19T08:59:59.999Z'), row('new', since)],
    });
    expect(ids(tail)).toEqual(['new']);
    expect(addToTail(tail, 'clear')).toEqual(nothing);
  });

  it('says when more came than it shows', () => {
    const rows = Array.from({ length: mostInTail + 1 }, (_, n) =>
      row(String(n), new Date(Date.parse(since) + n).toISOString()),
    );
    const tail = addToTail(nothing, { rows, more: false, since });
    expect(tail.rows).toHaveLength(mostInTail);
    expect(tail.cut).toBe(true);
    expect(tail.rows.at(0)?.id).toBe('1');
  });

  it('keeps what it has when a look fails', () => {
    const tail = addToTail(nothing, { rows: [row('a', since)], more: false, since });
    expect(addToTail(tail, { error: 'gone' })).toEqual({ ...tail, error: 'gone' });
  });
});
