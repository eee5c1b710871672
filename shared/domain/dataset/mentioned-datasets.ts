/**
 * The datasets that a statement can mean: those whose name stands in it as a word. A name in a comment counts, too; that
 * costs a view that nobody reads, while a missed name would cost the run.
 */
export const mentionedDatasets = <D extends { readonly name: string }>(
  sql: string,
  datasets: readonly D[],
): readonly D[] => {
  const text = sql.toLowerCase();
  return datasets.filter(({ name }) => hasWord(text, name.toLowerCase()));
};

const hasWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + word.length] ?? ' ';
    if (!wordLetter.test(before) && !wordLetter.test(after)) return true;
  }
  return false;
};

const wordLetter = /[\p{L}\p{N}_]/u;
