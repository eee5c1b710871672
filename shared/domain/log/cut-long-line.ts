import { bytesOf } from './bytes-of.ts';
import type { LogLine } from './log-line.schema.ts';

/** Largest text of one line, in bytes of UTF-8. */
export const maxLineBytes = 65_536;

/** How far back a cut looks for a space, so that it rather falls between words. */
const lookBack = 256;

/** A line, or the parts of one whose text is too long; joined they are the text again. */
export const cutLongLine = (line: LogLine): readonly LogLine[] => {
  if (line.text.length * 3 <= maxLineBytes || bytesOf(line.text) <= maxLineBytes) return [line];
  const texts: string[] = [];
  for (let from = 0; from < line.text.length; ) {
    const to = cutAfter(line.text, from);
    texts.push(line.text.slice(from, to));
    from = to;
  }
  return texts.map((text, n) => ({
    ...line,
    text,
    ...(n > 0 ? { fields: undefined } : {}),
    part: { n: n + 1, of: texts.length },
  }));
};

const cutAfter = (text: string, from: number): number => {
  let bytes = 0;
  let to = from;
  while (to < text.length) {
    const size = bytesOfPoint(text.codePointAt(to) ?? 0);
    if (bytes + size > maxLineBytes) break;
    bytes += size;
    to += size === 4 ? 2 : 1;
  }
  if (to >= text.length) return text.length;
  for (let at = to; at > to - lookBack; at -= 1) if (/\s/.test(text[at - 1] ?? '')) return at;
  return to;
};

const bytesOfPoint = (point: number): number =>
  point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
