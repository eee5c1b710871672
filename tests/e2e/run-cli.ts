import { spawn } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'cli', 'nightshift.mjs');

export type CliAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the CLI as a stranger's script would: a process of its own, signed in by the credentials file. */
export const runCli = (args: readonly string[], credentialsFile?: string): Promise<CliAnswer> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: {
        ...process.env,
        ...(credentialsFile ? { NIGHTSHIFT_TOKEN_FILE: credentialsFile } : {}),
      },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });

/** The one JSON document on stdout. Throws with what the CLI said when it failed. */
export const cliJson = async <T>(args: readonly string[], credentialsFile?: string): Promise<T> => {
  const { code, stdout, stderr } = await runCli([...args, '--json'], credentialsFile);
  if (code !== 0)
    throw new Error(`nightshift ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as T;
};
