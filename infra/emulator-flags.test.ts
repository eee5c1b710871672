import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emulatorFlags } from '../tests/deploy/emulator-flags.ts';

const decisions = join(import.meta.dirname, '..', 'docs', 'adr');
const decision = readdirSync(decisions).find((file) =>
  file.endsWith('-what-the-deployment-test-leaves-out.md'),
);

it('leaves out of the deployment test exactly what the decision gives a reason for', () => {
  const text = readFileSync(join(decisions, String(decision)), 'utf8');
  const rows = [...text.matchAll(/^\| `(nightshift:\w+=off)` +\|[^|]+\|([^|]+)\|$/gm)];
  expect(rows.map(([, flag]) => flag)).toEqual([...emulatorFlags]);
  for (const [, , reason] of rows) expect(reason?.trim().length).toBeGreaterThan(20);
});

it('leaves out only what the app has a flag for', () => {
  const app = readFileSync(join(import.meta.dirname, 'app.ts'), 'utf8');
  for (const flag of emulatorFlags)
    expect(app).toMatch(new RegExp(`^  ${flag.replace(/nightshift:|=off/g, '')}: onOff,$`, 'm'));
});
