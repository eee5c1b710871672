/** The words and phrases of a search that a line has, without operators and what must not occur: what is marked. */
export const wordsOf = (text: string | undefined): readonly string[] => {
  const found = (text ?? '').match(/"[^"]*"|\S+/g) ?? [];
  return found.flatMap((part, n) => {
    const negated = found[n - 1] === 'NOT' || part.startsWith('-');
    if (negated || ['AND', 'OR', 'NOT'].includes(part)) return [];
    const word = part.replace(/^"|"$/g, '').replace(/^\(+|\)+$|\*+$/g, '');
    return word === '' ? [] : [word];
  });
};
