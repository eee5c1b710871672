import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { HostError } from './host-error.ts';

/** What the app is told beside cdk.json: mails, text messages and calls are on, since they end on a page of this host. */
const localContext = {
  'nightshift:mailFrom': 'nightshift@localhost.example',
  'nightshift:sms': 'on',
  'nightshift:voiceFrom': '+15555550100',
};

/** Older assemblies that stay, since a host that still runs may yet load a bundle from one; each has 100 MB. */
const keptAssemblies = 1;

/**
 * Runs the CDK app of this folder into a cloud assembly named after its inputs, unless it is there already, and answers
 * its folder. The app itself is run, without the CLI, which would take two seconds longer.
 */
export const synthesize = async (
  root: string,
  print: (line: string) => void = () => {},
): Promise<string> => {
  const folder = join(root, 'dist', 'assemblies');
  const assembly = join(folder, hashOf(root));
  if (existsSync(assembly)) {
    print('template: up to date');
    return assembly;
  }
  const startedAt = performance.now();
  const draft = `${assembly}.${process.pid}`;
  await runApp(root, draft);
  try {
    renameSync(draft, assembly);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // Somebody else was faster with the same.
  }
  removeOld(folder);
  print(`template: synthesized in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return assembly;
};

function runApp(root: string, assembly: string): Promise<void> {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const app = spawn(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: {
      ...process.env,
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify({ ...localContext, ...context }),
    },
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

/** Everything that the template depends on; the build leaves a stamp for each of its outputs. */
function hashOf(root: string): string {
  const hash = createHash('sha256').update(JSON.stringify(localContext));
  const sources = globSync(['infra/**/*.ts', 'shared/**/*.ts'], { cwd: root });
  const stamps = globSync('dist/.*.stamp', { cwd: root });
  const inputs = [...sources.filter((file) => !file.endsWith('.test.ts')), ...stamps];
  for (const file of [...inputs, 'cdk.json', 'package-lock.json'].toSorted())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

function removeOld(folder: string): void {
  const byAge = readdirSync(folder)
    .map((name) => join(folder, name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of byAge.slice(1 + keptAssemblies)) rmSync(old, { recursive: true, force: true });
}
