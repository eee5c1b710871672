import type { Env, Key } from '../kernel/key.schema.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import type { Family } from './instance.schema.ts';

/**
 * Ids are functions of what they name (design.md §2, invariant 3), so that whoever plans the same work twice names the
 * same instances. `scope` is '' for recurring instances, else the key of the manual start or the backfill.
 *
 *   run      = env~project~workflow~family[.scope]~yyyymmdd~cycle
 *   instance = run~task~index
 *
 * `cycle` counts the fires of the workflow's default schedule on the run date, `index` those of the task's own (both
 * from 1). `~` cannot stand in a Key, so both directions are exact.
 */
export type RunRef = {
  readonly env: Env;
  readonly project: Key;
  readonly workflow: Key;
  readonly family: Family;
  readonly scope: string;
  readonly bizDate: BizDate;
  readonly cycle: number;
};

export type InstanceRef = RunRef & { readonly task: Key; readonly index: number };

const letters = { recurring: 'r', manual: 'm', backfill: 'b', barrier: 'x' } as const;
const familyOfLetter: Readonly<Record<string, Family>> = {
  r: 'recurring',
  m: 'manual',
  b: 'backfill',
  x: 'barrier',
};

export const runIdOf = (ref: RunRef): string =>
  [
    ref.env,
    ref.project,
    ref.workflow,
    ref.scope === '' ? letters[ref.family] : `${letters[ref.family]}.${ref.scope}`,
    ref.bizDate.replaceAll('-', ''),
    ref.cycle,
  ].join('~');

export const instanceIdOf = (ref: InstanceRef): string =>
  `${runIdOf(ref)}~${ref.task}~${ref.index}`;

/** The parts of a run id; undefined when it is none. */
export const parseRunId = (id: string): RunRef | undefined => {
  const parts = id.split('~');
  return parts.length === 6 ? runRefOf(parts) : undefined;
};

/** The parts of an instance id; undefined when it is none. */
export const parseInstanceId = (id: string): InstanceRef | undefined => {
  const parts = id.split('~');
  const run = parts.length === 8 ? runRefOf(parts) : undefined;
  const [task, index] = parts.slice(6);
  if (!run || !task || !index || !/^[1-9]\d*$/.test(index)) return undefined;
  return { ...run, task, index: Number(index) };
};

/** The run that an instance belongs to. Throws on a string that is no instance id: callers parse first. */
export const runIdOfInstance = (instanceId: string): string => {
  const ref = parseInstanceId(instanceId);
  if (!ref) throw new Error(`not an instance id: ${instanceId}`);
  return runIdOf(ref);
};

const runRefOf = (parts: readonly string[]): RunRef | undefined => {
  const [env, project, workflow, familyScope = '', day = '', cycle = ''] = parts;
  const family = familyOfLetter[familyScope.slice(0, 1)];
  if ((env !== 'prod' && env !== 'dev') || !project || !workflow || !family) return undefined;
  if (familyScope.length > 1 && familyScope[1] !== '.') return undefined;
  if (!/^\d{8}$/.test(day) || !/^[1-9]\d*$/.test(cycle)) return undefined;

  return {
    env,
    project,
    workflow,
    family,
    scope: familyScope.slice(2),
    bizDate: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`,
    cycle: Number(cycle),
  };
};
