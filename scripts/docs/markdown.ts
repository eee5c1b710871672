/** A table; a `|` inside a cell is escaped, a line break becomes a space. */
export const tableOf = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => [
  lineOf(head),
  lineOf(head.map(() => '---')),
  ...rows.map((row) => lineOf(row.map(cell))),
];

export const code = (text: string): string => `\`${text}\``;

/** Lines of a page as its text. */
export const pageOf = (...parts: readonly (string | readonly string[])[]): string =>
  `${parts.flat().join('\n')}\n`;

/** What stands at the top of a page that nobody should edit. */
export const generatedFrom = (source: string): string =>
  `<!-- Written by "npm run docs" from ${source}. Edit that, not this. -->`;

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
