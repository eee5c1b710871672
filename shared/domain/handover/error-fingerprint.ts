/** An error without what changes from time to time (numbers, ids, times, paths), so that the same cause reads the same. */
export const errorFingerprint = (error: string): string =>
  error
    .split('\n', 1)
    .join('')
    .replace(/\b[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\b/gi, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, 200);
