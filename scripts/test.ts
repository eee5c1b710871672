import { spawnSync } from 'node:child_process';
import { build } from './build.ts';

/** `npm test`: the bundles and the site are real in tests, so they are built first; then everything vitest finds. */
await build();
const { status } = spawnSync('vitest', ['run', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
