import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unusable } from './lock.ts';

export const makeStateFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unusable(folder, error);
  }
};

/** Removes everything but the lock, which the caller holds. */
export const emptyStateFolder = (folder: string): void => {
  for (const name of readdirSync(folder))
    if (name !== 'lock') rmSync(join(folder, name), { recursive: true, force: true });
};
