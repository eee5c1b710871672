import { requestInstances, type SubmitDeps, submitBackfill } from '../backfill/submit-backfill.ts';

/** Submits pending backfills whose time has come, and asks again where the asking was lost (N58). */
export const watchBackfills = async (deps: SubmitDeps): Promise<number> => {
  const now = deps.clock();
  let done = 0;
  for (const id of await deps.instances.dueBackfills(now)) {
    const backfill = await deps.instances.findBackfill(id);
    if (!backfill) continue;
    if (backfill.state === 'submitted') await requestInstances(deps)(backfill);
    else if (!backfill.paused && backfill.nextAt !== undefined && backfill.nextAt <= now)
      await submitBackfill(deps)(backfill);
    else continue;
    done += 1;
  }
  return done;
};
