import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvHead, csvRow, type ExportedRow, jsonRow } from './export-rows.ts';

const row = (text: string): ExportedRow => ({
  ...{ id: 'l', at: '2026-11-20T02:00:00.000Z', level: 'INFO', text, operation: 'invoke' },
  ...{ category: 'audit', region: 'eu-central-1', env: 'prod', project: 'shop', version: 3 },
  ...{ workflow: 'w', runId: 'r', task: 't', instance: 'i', attempt: 1 },
});

/** RFC 4180, read the plain way. */
const parse = (csv: string): string[][] => {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < csv.length) {
    let cell = '';
    if (csv[at] === '"') {
      at += 1;
      while (csv[at] !== '"' || csv[at + 1] === '"') {
        if (csv[at] === '"') at += 1;
        cell += csv[at];
        at += 1;
      }
      at += 1;
    } else while (at < csv.length && csv[at] !== ',' && csv[at] !== '\r') cell += csv[at++];
    rows.at(-1)?.push(cell);
    if (csv[at] === '\r') {
      at += 2;
      if (at < csv.length) rows.push([]);
    } else at += 1;
  }
  return rows;
};

describe('an export of lines', () => {
  it('W69 has the nine columns in the order of the page first', () => {
    expect(csvHead.slice(1).trim().split(',').slice(0, 9)).toEqual([
      'time',
      'level',
      'application',
      'job_id',
      'flow',
      'component',
      'operation',
      'category',
      'content',
    ]);
  });

  it('W69 keeps every text through quotes, commas and line ends', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '日') }),
        (text) => {
          const [, cells = []] = parse(csvHead + csvRow(row(text)));
          expect(cells).toHaveLength(17);
          expect(cells[8]?.replace(/^'/, '')).toBe(text);
        },
      ),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '|calc', '%0A'])(
    'is no formula in a spreadsheet: %j',
    (text) => {
      const [, cells = []] = parse(csvHead + csvRow(row(text)));
      expect(cells[8]).toBe(`'${text}`);
    },
  );

  it('as JSON lines is one line a row, whatever is in it', () => {
    const line = jsonRow(row('a\n"b"'));
    expect(line.split('\n')).toHaveLength(2);
    expect(JSON.parse(line)).toEqual(row('a\n"b"'));
  });
});
