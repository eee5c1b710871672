import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from './host-error.ts';

export type Lock = { release(): void };

/** One host per state folder. The lock of a host that is gone is taken over. */
export const takeLock = (folder: string): Lock => {
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw unusable(folder, error);
    }
    const holder = Number(readHolder(path));
    if (isHost(holder))
      throw new HostError(
        `another host (process ${holder}) uses the state folder ${folder}: stop it or give --state another folder`,
      );
    rmSync(path, { force: true });
  }
  throw new HostError(`the lock file ${path} cannot be taken: remove it when no host is running`);
};

export const unusable = (folder: string, error: unknown): HostError =>
  new HostError(
    `the state folder ${folder} cannot be written (${codeOf(error) ?? String(error)}): make it writable or give --state another folder`,
  );

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Alive, and not merely another program that got the number after a restart of the machine. */
function isHost(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return true;
  }
}
