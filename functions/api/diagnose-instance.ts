import { actionsOf, actionsOnFailure } from '../../shared/domain/diagnosis/actions-of.ts';
import type {
  ClearingAction,
  PossibleAction,
} from '../../shared/domain/diagnosis/clearing-action.schema.ts';
import { ahead, clearsAtOf } from '../../shared/domain/diagnosis/clears-at.ts';
import type { Diagnosis, DiagnosisHint } from '../../shared/domain/diagnosis/diagnosis.schema.ts';
import { errorHintOf } from '../../shared/domain/diagnosis/error-hint.ts';
import { isSlow } from '../../shared/domain/diagnosis/slow.ts';
import { blockingStepOf, stepsOf } from '../../shared/domain/diagnosis/steps-of.ts';
import { evaluate } from '../../shared/domain/gate/evaluate.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { secondsBetween } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { taskKeyOf } from '../admission/expected-ends.ts';
import { loadWorld } from '../admission/load-world.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, ApiWork } from '../edge/api-route.ts';
import type { Clock } from '../edge/system-clock.ts';
import { directUpstreams } from './direct-upstreams.ts';
import { findAncestors } from './find-ancestors.ts';
import { isOneTime } from './is-one-time.ts';
import { poolWaits } from './pool-waits.ts';
import { noInstance } from './read-instances.ts';
import { rootBlockers } from './root-blockers.ts';

/** Open upstreams that the search for roots begins with. */
const openAtMost = 2001;

/**
 * Asks the one gate, with the same loading as dispatch, so the two cannot disagree (design.md §2, invariant 4); everything
 * else explains its answer. Refused for one-time instances (N67).
 */
export const diagnoseInstance = ({
  clock,
  ...world
}: WorldDeps & { readonly clock: Clock }): ApiWork<'diagnoseInstance'> => {
  const { instances, catalog } = world;
  const load = loadWorld(world);

  return async ({ params: { instance: id } }, context) => {
    const instance = await instances.find(id);
    if (!instance) return noInstance(id);
    if (await isOneTime(instances, instance)) return oneTime(instance);

    const now = clock();
    const seen = await load(instance, now, { explain: true });
    const gate = evaluate(instance, seen);
    const blockers =
      gate.decision === 'wait'
        ? gate.blockers.map((each) => ({ ...each, clearsAt: ahead(each.clearsAt, now) ?? null }))
        : [];
    const isUpstream = blockers.some(({ step }) => step === 'upstream');
    const open = isUpstream ? await instances.openEdges(id, openAtMost) : [];

    const [ancestry, direct, pools, means] = await Promise.all([
      findAncestors(world)(open, now),
      directUpstreams(instances, id, open),
      poolWaits(instances)(instance, blockers, seen),
      catalog.expectedSeconds([instance]),
    ]);
    const { roots, complete } = await rootBlockers(world)(ancestry, now);
    const { allow, hides } = viewOf(context);
    const execution = executionOf(instance, means.get(taskKeyOf(instance)), now);

    return ok({
      decision: gate.decision,
      status: instance.status,
      at: now,
      gate,
      blockers: await all(blockers, async (blocker) => ({
        ...blocker,
        actions: await allow(actionsOf(instance, blocker)),
      })),
      blocking: blockingStepOf(instance, gate),
      steps: [
        ...stepsOf(instance, gate, {
          rootsNeedPerson: roots.some((root) => root.needsPerson),
        }),
      ],
      upstream: {
        total: direct.total,
        items: await all(direct.items, async (item) => {
          const hidden = await hides(item.project);
          return hidden ? { ...item, hidden, outcome: undefined } : { ...item, hidden };
        }),
        roots: await all(roots, async (root) => {
          const hidden = await hides(root.project);
          return {
            ...root,
            hidden,
            ...(hidden ? { error: undefined, blockers: [] } : {}),
            actions: await allow(root.actions),
          };
        }),
        searched: {
          instances: ancestry.found.length,
          levels: ancestry.levels,
          complete: ancestry.complete && complete,
        },
      },
      pools,
      execution: {
        ...execution,
        actions: await allow(instance.status === 'FAILED' ? actionsOnFailure(instance) : []),
      },
      hints: hintsOf(instance, {
        hasUpstream: direct.total > 0 || !isWaiting(instance),
        slow: isWaiting(instance) ? false : isSlow(execution.seconds, execution.meanSeconds),
        upstreamSlow: roots.some(({ slow }) => slow),
      }),
      clearsAt: clearsAtOf(blockers, pools),
    });
  };
};

const oneTime = ({ status, waitingFor }: Instance) =>
  err({
    code: 'one-time-instance',
    detail: `one-time instances are not diagnosed: they wait for no upstream and no time; this one is ${status}${waitingFor ? `, waiting for ${waitingFor}` : ''}`,
  } as const);

const all = <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> =>
  Promise.all(items.map(work));

/** What the caller may do and see: actions say it, foreign projects show no more than that they are there. */
const viewOf = ({ caller, roleIn }: ApiContext) => ({
  allow: (actions: readonly PossibleAction[]): Promise<ClearingAction[]> =>
    all(actions, async (action) => {
      const has = action.project === undefined ? caller.role : await roleIn(action.project);
      return { ...action, allowed: rankOfRole(has) >= rankOfRole(action.role) };
    }),
  hides: async (project: string): Promise<boolean> => rankOfRole(await roleIn(project)) === 0,
});

const executionOf = (
  instance: Instance,
  meanSeconds: number | undefined,
  now: Instant,
): Omit<Diagnosis['execution'], 'actions'> => {
  const { status, outcome, attempt, retries, autoRetries, startedAt, error } = instance;
  const { retryAt, endedAt, deadlineAt } = instance;
  const started = isWaiting(instance) ? undefined : startedAt;
  const until = isEnded(instance) ? endedAt : now;
  return {
    ...{ status, outcome, meanSeconds, error, retryAt, deadlineAt },
    attempts: attempt,
    retriesLeft: Math.max(0, retries.count - autoRetries),
    startedAt: started,
    endedAt,
    seconds: started && until ? Math.max(0, secondsBetween(started, until)) : undefined,
    errorHint: errorHintOf(instance),
  };
};

const hintsOf = (
  { empty, forced }: Instance,
  about: { readonly hasUpstream: boolean; readonly slow: boolean; readonly upstreamSlow: boolean },
): DiagnosisHint[] => [
  ...(about.hasUpstream ? [] : ['no-upstream' as const]),
  ...(empty ? [empty] : []),
  ...(forced ? ['forced' as const] : []),
  ...(about.slow ? ['slow' as const] : []),
  ...(about.upstreamSlow ? ['upstream-slow' as const] : []),
];
