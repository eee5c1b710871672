#!/usr/bin/env node
// Plain JavaScript, because it must start on any Node: the sources are TypeScript and need one that strips types.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  const { main } = await import('./main.ts');
  await main(process.argv);
} else {
  const node = join(here, '..', 'node_modules', '.bin', 'node');
  if (!existsSync(node) || process.env.NIGHTSHIFT_REEXEC) {
    process.stderr.write(
      `nightshift needs Node 22.18 or newer, this is ${process.versions.node}; run npm ci in ${join(here, '..')} first\n`,
    );
    process.exit(1);
  }
  const child = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NIGHTSHIFT_REEXEC: '1' },
  });
  process.exit(child.status ?? 1);
}
