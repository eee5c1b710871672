/** What a command says: one JSON document for scripts, or lines for people. */
export type Output = {
  /** `value` with --json, else `text`. Call it once. */
  readonly result: (value: unknown, text: () => string) => void;
  /** A word on the side; never on stdout. */
  readonly note: (text: string) => void;
  /** A line of a stream of lines (logs); not with --json. */
  readonly line: (text: string) => void;
};

/** Writes to the streams of the process. A reader that goes away early (`| head`) is no failure. */
export const outputOf = (json: boolean): Output => ({
  result: (value, text) => {
    process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : withNewline(text()));
  },
  note: (text) => {
    process.stderr.write(`${text}\n`);
  },
  line: (text) => {
    process.stdout.write(`${text}\n`);
  },
});

/** Ends quietly when the reader of stdout has gone. */
export const endOnBrokenPipe = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      process.exit(error.code === 'EPIPE' ? 0 : 1);
    });
};

/** Columns as wide as their widest text. */
export const tableOf = (
  header: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string => {
  const texts = [header, ...rows.map((row) => row.map((cell) => String(cell ?? '-')))];
  const widths = header.map((_, i) => Math.max(...texts.map((row) => row[i]?.length ?? 0)));
  return texts
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const withNewline = (text: string): string =>
  text === '' || text.endsWith('\n') ? text : `${text}\n`;
