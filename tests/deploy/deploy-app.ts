import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, type Emulator, region } from './emulator.ts';
import { emulatorFlags } from './emulator-flags.ts';

const root = join(import.meta.dirname, '..', '..');

/** Bootstraps the emulator and deploys the app as it is in the repository. Gives the outputs of the stack. */
export const deployApp = async ({
  environment,
}: Emulator): Promise<Readonly<Record<string, string>>> => {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-deploy-'));
  const outputsFile = join(folder, 'outputs.json');
  const cdk = (...args: string[]) =>
    run(environment, [
      ...args,
      ...emulatorFlags.flatMap((flag) => ['--context', flag]),
      ...['--output', join(folder, 'cdk.out'), '--build', 'node scripts/build.ts --no-site'],
    ]);

  await cdk('bootstrap', `aws://${account}/${region}`);
  await cdk('deploy', '--require-approval', 'never', '--outputs-file', outputsFile);
  return JSON.parse(readFileSync(outputsFile, 'utf8')).Nightshift;
};

const run = (environment: Emulator['environment'], args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', 'cdk'), args, {
      cwd: root,
      env: { ...process.env, ...environment },
    });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`cdk ${args[0]} ended with ${code}:\n${output.slice(-6000)}`)),
    );
  });
