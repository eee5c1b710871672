/** Ends a text that was cut. */
const ellipsis = '…';

/** Marks that change the direction of what follows, so that a name could pose as another; and marks nobody sees. */
const unseen = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/g;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whole characters as people see them, at most `most` UTF-16 units with the sign that it was cut. */
export const cutAt = (text: string, most: number): string => {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text.slice(0, most + 64))) {
    if (kept.length + segment.length + ellipsis.length > most) break;
    kept += segment;
  }
  return `${kept}${ellipsis}`;
};

/** Text of several lines without control characters, marks that nobody sees and broken surrogates. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(unseen, '')
    .replace(controls, ' ')
    .replace(/\t/g, '  ');

/** The same on one line, cut after `most` units: fit for a subject, where a line break would begin a header. */
export const oneLine = (text: string, most = 500): string =>
  cutAt(
    cleanText(text.slice(0, most * 4))
      .replace(/\s+/g, ' ')
      .trim(),
    most,
  );
