import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from './host-error.ts';

/**
 * Runs the CDK app of this folder into a cloud assembly, unless the one that is there was made from the same inputs.
 * Answers the assembly's folder. The app itself is run, without the CLI, which takes two seconds longer.
 */
export const synthesize = async (root: string, print: (line: string) => void): Promise<string> => {
  const assembly = join(root, 'dist', 'assembly');
  const stampFile = join(root, 'dist', '.assembly.stamp');
  const stamp = stampOf(root);
  if (existsSync(join(assembly, 'manifest.json')) && readStamp(stampFile) === stamp) {
    print('template: up to date');
    return assembly;
  }
  const startedAt = performance.now();
  rmSync(stampFile, { force: true });
  rmSync(assembly, { recursive: true, force: true });
  await runApp(root, assembly);
  writeFileSync(stampFile, stamp);
  print(`template: synthesized in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return assembly;
};

function runApp(root: string, assembly: string): Promise<void> {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const app = spawn(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let problems = '';
  app.stderr.on('data', (text) => {
    problems += text;
  });
  return new Promise((done, fail) => {
    app.on('error', fail);
    app.on('close', (code) =>
      code === 0 ? done() : fail(new HostError(`the app cannot be synthesized:\n${problems}`)),
    );
  });
}

/** Everything that the template depends on; the build leaves a stamp of its own for each of its outputs. */
function stampOf(root: string): string {
  const hash = createHash('sha256');
  const sources = globSync(['infra/**/*.ts', 'shared/**/*.ts'], { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const stamps = globSync('dist/.{functions,site}.stamp', { cwd: root });
  for (const file of [...sources, ...stamps, 'cdk.json', 'package-lock.json'].toSorted())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function readStamp(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
