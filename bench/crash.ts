import { join } from 'node:path';
import { synthesize } from '../local/synthesize.ts';
import { build } from '../scripts/build.ts';
import { crashRun } from '../tests/e2e/crash-run.ts';

const root = join(import.meta.dirname, '..');

/** Kills the host in the middle of a run and starts it again: `seeds` times plainly and as often through the fault proxy. */
export const benchCrash = async (seeds = '10'): Promise<boolean> => {
  await build({ print: () => {} });
  const assembly = await synthesize(root, () => {});
  let fine = true;
  console.log(
    'seed | faults | calls at crash | status | attempts | not once | slots | counter errors | s',
  );
  for (const faults of [false, true])
    for (let seed = 1; seed <= Number(seeds); seed += 1) {
      const report = await crashRun(assembly, seed, { faults });
      const { callsAtCrash, status, attempts, notOnce, slotsInUse, counterErrors } = report;
      const errors = JSON.stringify(counterErrors);
      console.log(
        `${seed} | ${faults} | ${callsAtCrash} | ${status} | ${attempts} | ${notOnce.length} | ${slotsInUse} | ${errors} | ${report.seconds}`,
      );
      fine &&= status === 'SUCCESS' && notOnce.length === 0 && slotsInUse === 0 && errors === '{}';
    }
  return fine;
};
