import { BizDate } from '../kernel/time.schema.ts';

export type ReadDays = {
  /** Each day once, in order. */
  readonly days: readonly BizDate[];
  /** What was no day, with its line from 1. */
  readonly wrong: readonly { readonly line: number; readonly text: string }[];
};

/**
 * Reads a pasted list of days: one or several a line, separated by spaces, commas, semicolons or tabs, as `2026-12-25`,
 * `2026/12/25` or `20261225`. What stands behind a `#` is a remark.
 */
export const readDays = (text: string): ReadDays => {
  const words = text.split(/\r?\n/).flatMap((line, n) =>
    line
      .replace(/#.*$/, '')
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map((word) => ({ line: n + 1, text: word, day: dayOf(word) })),
  );
  return {
    days: [...new Set(words.flatMap(({ day }) => day ?? []))].toSorted(),
    wrong: words
      .filter(({ day }) => day === undefined)
      .map(({ line, text: word }) => ({ line, text: word })),
  };
};

const dayOf = (word: string): BizDate | undefined => {
  const [, year, month, day] =
    /^(\d{4})([-/]?)(\d{2})\2(\d{2})$/.exec(word)?.filter((_, n) => n !== 2) ?? [];
  const parsed = BizDate.safeParse(`${year}-${month}-${day}`);
  return parsed.success ? parsed.data : undefined;
};
