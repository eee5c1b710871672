import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../local/free-port.ts';

const root = join(import.meta.dirname, '..');
const warmSeconds = 15;
const rounds = 3;

/** `npm start` until the console answers: the first round may build, the others have been built before. */
export const benchStart = async (): Promise<boolean> => {
  console.log('round | console answers after s');
  let fine = true;
  for (let round = 1; round <= rounds; round += 1) {
    const seconds = await startOnce();
    console.log(`${round} | ${seconds.toFixed(1)}`);
    fine &&= round === 1 || seconds <= warmSeconds;
  }
  return fine;
};

const startOnce = async (): Promise<number> => {
  const state = mkdtempSync(join(tmpdir(), 'nightshift-start-'));
  const port = await freePort();
  const startedAt = performance.now();
  const args = ['local/main.ts', '--port', String(port), '--state', state, '--no-examples'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  try {
    while (!(await answers(`http://127.0.0.1:${port}/`))) await sleep(50);
    return (performance.now() - startedAt) / 1000;
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
    rmSync(state, { recursive: true, force: true });
  }
};

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
