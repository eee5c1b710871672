import { join } from 'node:path';
import { type Host, startHost } from '../local/host.ts';
import { synthesize } from '../local/synthesize.ts';
import { build } from '../scripts/build.ts';

const root = join(import.meta.dirname, '..');

/** The product as it ships, on a fresh state folder. */
export const startBenchHost = async (state: string): Promise<Host> => {
  await build({ print: () => {} });
  return startHost({
    assembly: await synthesize(root, () => {}),
    site: join(root, 'dist', 'site'),
    state,
    fresh: true,
  });
};
