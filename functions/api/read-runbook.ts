import { errorFingerprint } from '../../shared/domain/handover/error-fingerprint.ts';
import { type Fix, lastFixOf } from '../../shared/domain/handover/last-fix.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { ApiWork } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { findTask } from './find-task.ts';
import { noInstance } from './read-instances.ts';

/** Runs of the workflow that are looked into, and repaired instances whose errors are compared. */
const runsLooked = 60;
const fixesCompared = 10;
const atOnce = 8;

/**
 * The runbook of the task as it is now, and the last hand operation after which it succeeded: the newest one after an
 * error like this one, else the newest.
 */
export const readRunbook =
  ({ catalog, instances }: ApiStores): ApiWork<'getRunbook'> =>
  async ({ params }) => {
    const instance = await instances.find(params.instance);
    if (!instance) return noInstance(params.instance);
    const { env, project, workflow, task } = instance;

    const [found, runs] = await Promise.all([
      findTask(catalog, { env, project, workflow, task }),
      instances.listRuns({
        ...{ env, of: { project, workflow }, limit: runsLooked },
        to: instance.endedAt ?? instance.moves.at(-1)?.at ?? instance.dueAt,
      }),
    ]);
    const others = await inParallel(runs.items, atOnce, ({ runId }) =>
      instances.ofTask(runId, task),
    );
    const looked = others.flat().filter(({ id }) => id !== instance.id);
    const fixed = looked
      .flatMap((each): Fixed[] => {
        const fix = lastFixOf(each);
        return fix ? [{ instance: each, fix }] : [];
      })
      .toSorted((a, b) => (a.fix.at < b.fix.at ? 1 : -1))
      .slice(0, fixesCompared);

    const wanted = instance.error === undefined ? undefined : errorFingerprint(instance.error);
    const compared = await inParallel(fixed, atOnce, async ({ instance: each, fix }) => {
      const attempts = await instances.attempts(each.id);
      const failed = attempts.findLast(
        ({ status, endedAt = '' }) => status === 'FAILED' && endedAt <= fix.at,
      );
      const error = failed?.error;
      return {
        ...fix,
        ...{ instance: each.id, bizDate: each.bizDate, error },
        sameError: error !== undefined && errorFingerprint(error) === wanted,
      };
    });
    const lastFix = compared.find(({ sameError }) => sameError) ?? compared[0];
    return ok({
      runbook: found?.task.runbook,
      ...(lastFix ? { lastFix } : {}),
      looked: looked.length,
    });
  };

type Fixed = { readonly instance: Instance; readonly fix: Fix };
