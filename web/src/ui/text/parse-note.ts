/** A piece of a line: as it is, strong, or code. */
export type Span = { readonly kind: 'text' | 'strong' | 'code'; readonly text: string };

/** A paragraph, or an item of a list. */
export type Block = { readonly kind: 'line' | 'item'; readonly spans: readonly Span[] };

/**
 * The little of Markdown that a note needs: `**strong**`, `` `code` ``, and lines that begin with `-` or `*`. Everything
 * else stays text, so nothing that somebody types becomes a link or markup.
 */
export const parseNote = (text: string): readonly Block[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line): Block => {
      const item = /^\s*[-*]\s+(.*)$/.exec(line);
      return item
        ? { kind: 'item', spans: spansOf(item[1] ?? '') }
        : { kind: 'line', spans: spansOf(line) };
    });

const spansOf = (line: string): readonly Span[] =>
  line
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part): Span => {
      if (part.length > 4 && part.startsWith('**') && part.endsWith('**'))
        return { kind: 'strong', text: part.slice(2, -2) };
      if (part.length > 2 && part.startsWith('`') && part.endsWith('`'))
        return { kind: 'code', text: part.slice(1, -1) };
      return { kind: 'text', text: part };
    });
