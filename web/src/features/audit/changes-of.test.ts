import { describe, expect, it } from 'vitest';
import { changesOf } from './changes-of.ts';
import { csvOf } from './csv-of.ts';

const entry = (before: unknown, after: unknown) => ({
  ...{ id: '1', at: '2026-11-20T10:00:00.000Z', actor: 'ann', action: 'update', project: 'p' },
  object: 'task:p/w/t',
  detail: JSON.parse(JSON.stringify({ before, after })),
});

describe('what an entry says to have changed', () => {
  it('is each field that differs, with both values, and nothing that only counts edits', () => {
    expect(
      changesOf(entry({ a: 1, same: [1], gone: 'x', rev: 1 }, { a: 2, same: [1], rev: 2 })),
    ).toEqual([
      { field: 'a', before: '1', after: '2' },
      { field: 'gone', before: 'x', after: undefined },
    ]);
    expect(changesOf(entry(undefined, { a: 'x' }))).toEqual([
      { field: 'a', before: undefined, after: 'x' },
    ]);
    expect(changesOf(entry(undefined, undefined))).toEqual([]);
  });
});

describe('the log as CSV', () => {
  it('quotes what needs it, and keeps a spreadsheet from running what somebody typed', () => {
    const [header, row] = csvOf([
      { ...entry(undefined, { a: 1 }), reason: '=1+1, "quoted"\nand more' },
    ]).split('\r\n');
    expect(header).toBe(
      'at,actor,action,object,project,env,bizDate,comment,source,requestId,before,after',
    );
    expect(row).toContain(`"'=1+1, ""quoted""\nand more"`);
    expect(row).toContain('"{""a"":1}"');
  });
});
