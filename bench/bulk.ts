import { join } from 'node:path';
import { synthesize } from '../local/synthesize.ts';
import { build } from '../scripts/build.ts';
import { bulkCrashRun } from '../tests/e2e/bulk-crash-run.ts';

const root = join(import.meta.dirname, '..');

/** Pauses 10,000 instances in one operation and kills the host in the middle; ends with 1 unless each was moved once. */
export const benchBulk = async (instances = '10000'): Promise<boolean> => {
  await build({ print: () => {} });
  const report = await bulkCrashRun(await synthesize(root, () => {}), Number(instances), 1);
  const { total, doneAtCrash, status, succeeded, skipped, failed, notOnce, notPaused } = report;
  console.log(
    'instances | done at crash | status | succeeded | skipped | failed | not once | not paused | plan s | run s with the crash',
  );
  console.log(
    [
      ...[total, doneAtCrash, status, succeeded, skipped, failed, notOnce.length, notPaused],
      ...[report.planSeconds, report.runSeconds],
    ].join(' | '),
  );
  return (
    status === 'DONE' &&
    succeeded === total &&
    total === Number(instances) &&
    notOnce.length === 0 &&
    notPaused === 0
  );
};
