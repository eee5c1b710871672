import type * as z from 'zod';
import { actionsOf, actionsOnFailure, generate } from '../../shared/domain/diagnosis/actions-of.ts';
import type { PossibleAction } from '../../shared/domain/diagnosis/clearing-action.schema.ts';
import { ahead, clearsAtOf } from '../../shared/domain/diagnosis/clears-at.ts';
import type { RootBlocker } from '../../shared/domain/diagnosis/diagnosis.schema.ts';
import { needsPerson } from '../../shared/domain/diagnosis/needs-person.ts';
import { type RootState, rootOf } from '../../shared/domain/diagnosis/root-of.ts';
import { isSlow } from '../../shared/domain/diagnosis/slow.ts';
import type { Blocker } from '../../shared/domain/gate/decision.schema.ts';
import { evaluate } from '../../shared/domain/gate/evaluate.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { secondsBetween } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { expectedEnds, taskKeyOf } from '../admission/expected-ends.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { loadWorld } from '../admission/load-world.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import type { Ancestry, FoundAncestor } from './find-ancestors.ts';

/** Roots that are named. */
const shown = 50;

/** A root before anybody has looked at who asks. */
export type FoundRoot = Omit<z.infer<typeof RootBlocker>, 'actions' | 'hidden'> & {
  readonly actions: readonly PossibleAction[];
};

type Root = FoundAncestor & { readonly state: RootState };

/** Where the wait of everything below begins, at any depth, with what would clear it (N65). */
export const rootBlockers =
  (deps: WorldDeps) =>
  async (
    { found }: Ancestry,
    now: Instant,
  ): Promise<{ readonly roots: readonly FoundRoot[]; readonly complete: boolean }> => {
    const all = found
      .flatMap((each): Root[] => {
        const state = rootOf(each);
        return state ? [{ ...each, state }] : [];
      })
      .toSorted(byUrgency);
    const roots = all.slice(0, shown);
    const there = roots.flatMap(({ instance }) => instance ?? []);
    const [ends, means, why] = await Promise.all([
      expectedEnds(deps, there, now),
      deps.catalog.expectedSeconds(there),
      inParallel(roots, shown, (root) => blockersOf(deps, root, now)),
    ]);

    const named = roots.flatMap((root, n): FoundRoot[] => {
      const ref = parseInstanceId(root.id);
      if (!ref) return [];
      const { project, workflow, task, index, bizDate, family } = ref;
      const { instance, state, level } = root;
      const blockers = [...(why[n] ?? [])];
      const meanSeconds = instance && means.get(taskKeyOf(instance));
      const runsSeconds =
        state === 'running' && instance?.startedAt
          ? secondsBetween(instance.startedAt, now)
          : undefined;
      return [
        {
          ...{ id: root.id, project, workflow, task, index, bizDate, family },
          ...{ state, level, blockers, runsSeconds, meanSeconds },
          status: instance?.status,
          since: blockers[0]?.since ?? instance?.moves.at(-1)?.at,
          error: instance?.error,
          needsPerson: state === 'missing' || state === 'failed' || blockers.some(needsPerson),
          clearsAt: state === 'kept' ? lastOf(blockers) : ahead(ends.get(root.id), now),
          slow: isSlow(runsSeconds, meanSeconds),
          actions: actionsOfRoot(root, blockers),
        },
      ];
    });
    return { roots: named, complete: all.length <= shown };
  };

/** What a person must act on comes first, then the nearest. */
const urgency: readonly RootState[] = [
  ...(['failed', 'missing', 'kept', 'waiting', 'running', 'settling'] as const),
];
const byUrgency = (a: Root, b: Root): number =>
  urgency.indexOf(a.state) - urgency.indexOf(b.state) ||
  a.level - b.level ||
  (a.id < b.id ? -1 : 1);

/** When the last of the pauses and holds ends; undefined when one of them has no end. */
const lastOf = (blockers: readonly Blocker[]): Instant | undefined =>
  clearsAtOf(blockers, []) ?? undefined;

/** Why a root does not start itself: its pauses, or what the gate says where nothing above it is open. */
const blockersOf = async (
  deps: WorldDeps,
  { state, instance, kept }: Root,
  now: Instant,
): Promise<readonly Blocker[]> => {
  if (state === 'kept') return kept;
  if (state !== 'waiting' || !instance) return [];
  const gate = evaluate(instance, await loadWorld(deps)(instance, now));
  return gate.decision === 'wait' ? gate.blockers : [];
};

const actionsOfRoot = (
  { id, state, instance }: Root,
  blockers: readonly Blocker[],
): readonly PossibleAction[] => {
  if (state === 'missing') return generate(id);
  if (!instance) return [];
  if (state === 'failed') return actionsOnFailure(instance);
  return blockers.flatMap((blocker) => actionsOf(instance, blocker));
};
