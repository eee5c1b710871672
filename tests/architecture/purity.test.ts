import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const files = globSync('shared/{domain,contracts}/**/*.ts').filter(
  (file) => !file.endsWith('.test.ts'),
);

/** What the import rules cannot see: a clock, chance, output or waiting inside a decision. */
const forbidden = [
  /\bnew Date\(\)/,
  /\bDate\.now\b/,
  /\bTemporal\.Now\b/,
  /\bMath\.random\b/,
  /\bcrypto\b/,
  /\bconsole\./,
  /\bprocess\./,
  /\bawait\b/,
] as const;

describe('the domain', () => {
  it('is seen', () => {
    expect(files.length).toBeGreaterThan(40);
  });

  it.each(forbidden)('is free of %s', (pattern) => {
    const offenders = files
      .filter((file) => file.startsWith('shared/domain/'))
      .filter((file) => pattern.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(offenders).toEqual([]);
  });
});

const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
