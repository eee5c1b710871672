import { createRequire } from 'node:module';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';

const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
const folders = ['shared', 'functions', 'infra', 'local', 'cli', 'web/src', 'examples', 'bench'];

describe('imports', async () => {
  const { output } = await cruise(folders, { ...options, ruleSet: { forbidden }, validate: true });
  const { modules, summary } = output as ICruiseResult;

  it('are all seen: a gate that looked at nothing would pass', () => {
    expect(modules.length).toBeGreaterThan(50);
    for (const folder of folders)
      expect(
        modules.filter(({ source }) => source.startsWith(`${folder}/`)).length,
        folder,
      ).not.toBe(0);
  });

  it('go one way', () => {
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );
  });
});
