import { spawnSync } from 'node:child_process';

/** Everything that CI holds of the sources, in the order of what fails fastest. */
const steps = [
  ['biome', 'check', '.'],
  ['tsc', '-p', 'tsconfig.json'],
  ['tsc', '-p', 'shared/tsconfig.json'],
  ['tsc', '-p', 'web/tsconfig.json'],
  ['knip'],
  ['node', 'scripts/write-docs.ts', '--check'],
  ['node', 'scripts/test.ts'],
] as const;

for (const [command, ...args] of steps) {
  console.log(`\n> ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
