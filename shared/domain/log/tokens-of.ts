/** Chinese, Japanese and Korean write words without spaces between them: there each character is a token. */
const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';

/** One CJK character, or a run of other letters, digits, underscores and the marks that belong to letters. */
const pattern = new RegExp(`[${cjk}]|(?:(?![${cjk}])[\\p{L}\\p{N}\\p{M}_])+`, 'gu');

/** A token and where it stands: case and the way accents are written do not count. */
export type PlacedToken = { readonly token: string; readonly from: number; readonly to: number };

/** The tokens of a text in order, with their places in it (UTF-16 offsets, `to` excluded). */
export const placedTokensOf = (text: string): PlacedToken[] =>
  Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
    token: normal(found),
    from: index,
    to: index + found.length,
  }));

/** The tokens of a text in order. */
export const tokensOf = (text: string): string[] =>
  Array.from(text.matchAll(pattern), ([found]) => normal(found));

const normal = (found: string): string => {
  const lower = found.toLowerCase();
  return isAscii.test(lower) ? lower : lower.normalize('NFC');
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const isAscii = /^[\x00-\x7f]*$/;
