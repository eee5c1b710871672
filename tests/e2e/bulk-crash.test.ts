import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesize } from '../../local/synthesize.ts';
import { bulkCrashRun } from './bulk-crash-run.ts';

const root = join(import.meta.dirname, '..', '..');
const instances = 1_200;
/** More of them, and 10,000 instances, with `npm run bench -- bulk`. */
const seed = Number(process.env.NIGHTSHIFT_CRASH_SEED ?? '1');

describe('a bulk operation whose host was killed in the middle and started again', () => {
  it('ends complete: every instance was moved exactly once and counted once', async () => {
    const report = await bulkCrashRun(await synthesize(root, () => {}), instances, seed);
    expect(report).toMatchObject({
      ...{ total: instances, status: 'DONE', succeeded: instances, skipped: 0, failed: 0 },
      ...{ notOnce: [], notPaused: 0 },
    });
    expect(report.doneAtCrash).toBeGreaterThan(0);
    expect(report.doneAtCrash).toBeLessThan(instances);
  }, 600_000);
});
