import type { Family, Outcome, Status } from '../instance/instance.schema.ts';
import { parseInstanceId, runIdOf } from '../instance/instance-id.ts';
import { isEnded } from '../instance/lifecycle.ts';
import type { Env, Key } from '../kernel/key.schema.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import type { Change } from './fold-run.ts';

/** The instances of one family of a project-day. */
export type Day = {
  readonly env: Env;
  readonly project: Key;
  readonly family: Family;
  readonly bizDate: BizDate;
};

/** How many instances stand where, or by how many that changed. Zeros are left out. */
export type DayCounts = {
  readonly total: number;
  readonly counts: Readonly<Partial<Record<Status, number>>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
};

export type DayDelta = Day & DayCounts;

/** What `changes` do to the counters of each day they touch. Barriers are not counted; a move in place changes nothing. */
export const dayDeltasOf = (changes: readonly Change[]): DayDelta[] => {
  const deltas = new Map<string, { day: Day; total: number; counts: Tally; outcomes: Tally }>();
  for (const change of changes) {
    const day = dayOf(change);
    if (!day) continue;
    const key = dayKeyOf(day);
    const delta = deltas.get(key) ?? { day, total: 0, counts: new Map(), outcomes: new Map() };
    deltas.set(key, delta);

    if (change.from === undefined) delta.total += 1;
    else add(delta.counts, change.from, -1);
    add(delta.counts, change.to, 1);
    if (change.from !== undefined && isEnded({ status: change.from }))
      add(delta.outcomes, change.fromOutcome, -1);
    if (isEnded({ status: change.to })) add(delta.outcomes, change.outcome, 1);
  }
  return [...deltas.values()]
    .map(({ day, total, counts, outcomes }) => ({
      ...day,
      total,
      counts: Object.fromEntries(counts) as DayCounts['counts'],
      outcomes: Object.fromEntries(outcomes) as DayCounts['outcomes'],
    }))
    .filter((delta) => Object.keys({ ...delta.counts, ...delta.outcomes }).length > 0);
};

/**
 * `changes` cut into consecutive groups that each touch at most `maxTouched` runs and days, so that each group and its
 * cursor fit into one transaction (design.md §4).
 */
export const splitChanges = <T extends Change>(
  changes: readonly T[],
  maxTouched = 24,
): readonly (readonly T[])[] => {
  const groups: T[][] = [];
  let group: T[] = [];
  let touched = new Set<string>();
  for (const change of changes) {
    const marks = touchedBy(change);
    const together = new Set([...touched, ...marks]);
    if (together.size > maxTouched && group.length > 0) {
      groups.push(group);
      group = [];
      touched = new Set(marks);
    } else touched = together;
    group.push(change);
  }
  return group.length > 0 ? [...groups, group] : groups;
};

export const dayKeyOf = ({ env, project, family, bizDate }: Day): string =>
  [env, project, family, bizDate].join('#');

type Tally = Map<string, number>;

const add = (tally: Tally, key: string | undefined, by: number): void => {
  if (key === undefined) return;
  const sum = (tally.get(key) ?? 0) + by;
  if (sum === 0) tally.delete(key);
  else tally.set(key, sum);
};

const dayOf = ({ instanceId }: Change): Day | undefined => {
  const ref = parseInstanceId(instanceId);
  if (!ref || ref.family === 'barrier') return undefined;
  const { env, project, family, bizDate } = ref;
  return { env, project, family, bizDate };
};

const touchedBy = (change: Change): readonly string[] => {
  const ref = parseInstanceId(change.instanceId);
  const day = dayOf(change);
  return ref && day ? [runIdOf(ref), dayKeyOf(day)] : [];
};
