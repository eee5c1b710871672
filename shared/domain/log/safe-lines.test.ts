import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from './bytes-of.ts';
import { chunkLimits, cutIntoChunks } from './cut-into-chunks.ts';
import { maxLineBytes } from './cut-long-line.ts';
import type { LogLine } from './log-line.schema.ts';
import { maskText } from './mask-text.ts';
import { safeLines } from './safe-lines.ts';
import { safeText } from './safe-text.ts';

const at = '2026-11-20T02:00:00.000Z';
const aLine = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  at,
  level: 'INFO',
  text,
  operation: 'invoke',
  ...more,
});

describe('a text of a log', () => {
  it.each([
    ['a\u0000b', 'a␀b'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;https://x.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001b]0;not closed, so kept', '0;not closed, so kept'],
    ['bell\u0007', 'bell␇'],
    ['del\u007f', 'del␡'],
    ['lone \ud800 half', 'lone \ufffd half'],
    ['a\r\nb\rc\td', 'a\nb\nc\td'],
    ['abc\u202edef\u2066', 'abcdef'],
    ['😀 日志', '😀 日志'],
  ])('%j is kept as %j', (given, kept) => {
    expect(safeText(given)).toBe(kept);
  });

  it('is well-formed and without control characters, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const safe = safeText(text);
        expect(safe.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must be gone
        expect(safe).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

describe('secrets in a text (W70)', () => {
  it.each([
    ['{"password":"hunter2","user":"ann"}', '{"password":"***","user":"ann"}'],
    ['{"apiKey": "a b, c", "n": 1}', '{"apiKey": "***", "n": 1}'],
    ['{"token": 12345, "x": 1}', '{"token": ***, "x": 1}'],
    [
      String.raw`{"body":"{\"password\":\"p w\",\"a\":1}"}`,
      String.raw`{"body":"{\"password\":\"***\",\"a\":1}"}`,
    ],
    ["{'secret': 'x y'}", "{'secret': '***'}"],
    ['password=hunter2&user=ann', 'password=***&user=ann'],
    ['db_password: hunter2', 'db_password: ***'],
    ['connect --password hunter2 --user ann', 'connect --password *** --user ann'],
    ['AWS_SECRET_ACCESS_KEY="abc def"', 'AWS_SECRET_ACCESS_KEY="***"'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: ***'],
    ['sent Bearer eyJhbGciOi.J9 to it', 'sent Bearer *** to it'],
    ['Cookie: a=1; b=2', 'Cookie: ***'],
    ['https://ann:hunter2@db.example/x', 'https://ann:***@db.example/x'],
    ['token: the user wrote tokens=5', 'token: *** user wrote tokens=***'],
  ])('%s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it.each([
    ['nothing here, key figures: 5 rows'],
    ['https://api.example/x?page=2'],
    ['the keyboard works'],
    ['{"name":"ann","rows":5}'],
  ])('leaves alone: %s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('are also the values of the attempt, and in fields', () => {
    expect(maskText('used s3cr3t twice: s3cr3t', ['s3cr3t'])).toBe('used *** twice: ***');
    const [line] = safeLines(
      [aLine('x', { fields: { apiKey: 'k', n: 1, note: 'password=p' } })],
      {},
    );
    expect(line?.fields).toEqual({ apiKey: '***', n: 1, note: 'password=***' });
  });

  it('are found in a megabyte in no time that anybody notices', () => {
    for (const piece of ['a-', 'password', '"', '://', '\u001b]', '--x ', '\\"']) {
      const text = `${piece.repeat(Math.ceil(300_000 / piece.length))} password=x`;
      expect(maskText(safeText(text))).not.toContain('password=x');
    }
  });
});

describe('lines before they are stored', () => {
  it('come in order of time, the same instant as it was written', () => {
    const lines = safeLines(
      [aLine('b', { at: '2026-11-20T02:00:01.000Z' }), aLine('a1'), aLine('a2')],
      {},
    );
    expect(lines.map(({ text }) => text)).toEqual(['a1', 'a2', 'b']);
  });

  it('are cut into parts above 64 KB, and joined they are the line again', () => {
    const unit = fc.constantFrom('a', 'ä', '日', '😀', ' ', 'word ');
    fc.assert(
      fc.property(fc.array(unit, { minLength: 5, maxLength: 20 }), (units) => {
        const text = units.join('').repeat(4_000);
        const lines = safeLines([aLine(text, { fields: { n: 1 } })], {});
        expect(lines.map((line) => line.text).join('')).toBe(safeText(text));
        for (const line of lines) {
          expect(bytesOf(line.text)).toBeLessThanOrEqual(maxLineBytes);
          expect(line.text.isWellFormed()).toBe(true);
        }
        if (lines.length > 1)
          expect(lines.map(({ part }) => part)).toEqual(
            lines.map((_, n) => ({ n: n + 1, of: lines.length })),
          );
      }),
      { numRuns: 20 },
    );
    expect(safeLines([aLine('x'.repeat(1_048_576))], {})).toHaveLength(16);
  });

  it('keep an instant that can be true, and say when a clock was wrong', () => {
    const sentAt = '2026-11-20T02:00:30.000Z';
    const [ok, ahead, behind] = [at, '2026-11-20T03:00:00Z', '2026-11-18T00:00:00Z'].map(
      (when) => safeLines([aLine('x', { at: when })], { sentAt })[0],
    );
    expect(ok).toEqual(aLine('x'));
    expect(ahead).toMatchObject({ at: sentAt, fields: { loggedAt: '2026-11-20T03:00:00Z' } });
    expect(behind).toMatchObject({ at: sentAt });
    expect(safeLines([aLine('x', { at: '2026-11-18T00:00:00Z' })], {})[0]?.at).toBe(
      '2026-11-18T00:00:00.000Z',
    );
  });

  it('have bounded fields and names', () => {
    const fields = Object.fromEntries(
      Array.from({ length: 80 }, (_, n) => [`f${n}`, 'x'.repeat(9000)]),
    );
    const [line] = safeLines([aLine('x', { fields, operation: ' a\nb ', category: '\u0000' })], {});
    expect(Object.keys(line?.fields ?? {})).toHaveLength(51);
    expect(line?.fields).toMatchObject({ leftOut: 30 });
    expect(String(line?.fields?.f0).length).toBe(4096);
    expect(line).toMatchObject({ operation: 'a b', category: '␀' });
  });

  it('are cut into chunks by bytes, lines and time, in order and whole', () => {
    const step = fc.constantFrom(0, 1, 500, 60_000, 700_000);
    const size = fc.constantFrom(1, 100, 40_000, 65_000);
    fc.assert(
      fc.property(fc.array(fc.tuple(step, size), { maxLength: 60 }), (all) => {
        let ms = Date.parse(at);
        const lines = all.map(([gap, chars]) => {
          ms += gap;
          return aLine('x'.repeat(chars), { at: new Date(ms).toISOString() });
        });
        const chunks = cutIntoChunks(lines);
        expect(chunks.flat()).toEqual(lines);
        for (const chunk of chunks) {
          const [first, last] = [chunk[0]?.at ?? '', chunk.at(-1)?.at ?? ''];
          expect(Date.parse(last) - Date.parse(first)).toBeLessThanOrEqual(
            chunkLimits.seconds * 1000,
          );
          expect(chunk.length).toBeLessThanOrEqual(chunkLimits.lines);
          const bytes = chunk.reduce((sum, { text }) => sum + text.length, 0);
          expect(chunk.length === 1 || bytes <= chunkLimits.bytes).toBe(true);
        }
      }),
    );
    expect(cutIntoChunks(Array.from({ length: 2_500 }, () => aLine('x')))).toHaveLength(3);
  });
});
