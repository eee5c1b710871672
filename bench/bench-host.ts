import { join } from 'node:path';
import type { ClockWish } from '../local/clock.ts';
import { type Host, startHost } from '../local/host.ts';
import { synthesize } from '../local/synthesize.ts';
import { build } from '../scripts/build.ts';

const root = join(import.meta.dirname, '..');

/** The product as it ships, on a fresh state folder; on a clock of its own when one is wished for. */
export const startBenchHost = async (state: string, clock?: ClockWish): Promise<Host> => {
  await build({ print: () => {} });
  return startHost({
    assembly: await synthesize(root, () => {}),
    site: join(root, 'dist', 'site'),
    state,
    fresh: true,
    ...(clock ? { clock } : {}),
  });
};
