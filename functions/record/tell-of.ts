import { alertRef, alertRulesFor } from '../../shared/domain/alert/match-alerts.ts';
import {
  type TaskOccurrence,
  taskOccurrences,
} from '../../shared/domain/alert/task-occurrences.ts';
import { matchNotifications } from '../../shared/domain/notice/match-notifications.ts';
import type {
  Occurrence,
  OccurrenceKind,
  RuleRef,
} from '../../shared/domain/notice/occurrence.schema.ts';
import { type RunOccurrence, runOccurrences } from '../../shared/domain/notice/run-occurrences.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { isTestRun } from '../../shared/domain/run/test-scope.ts';
import { occurrenceOfInstance } from '../matching/occurrence-of.ts';
import type { TellWorld } from '../matching/tell-world.ts';
import type { CountedMove } from './counted-move.ts';

/** A move and what its run became by it. */
export type FoldStep = {
  readonly move: CountedMove;
  readonly before: Run | undefined;
  readonly after: Run;
};

/**
 * What people may have to be told of recorded moves. Production only, and never a test run (N82): its failures are the
 * author's. A failure and its recovery are told without any rule, too, since incidents live on them; of a backfill, which
 * somebody watches, only to rules that ask.
 */
export const tellOf =
  (world: TellWorld) =>
  async (steps: readonly FoldStep[]): Promise<readonly Occurrence[]> => {
    const told: Occurrence[] = [];
    for (const step of steps.filter(isTold))
      told.push(...(await ofTask(world, step)), ...(await ofRun(world, step)));
    return [...new Map(told.map((each) => [each.id, each])).values()];
  };

const isTold = ({ move: { instance } }: FoldStep): boolean =>
  instance.env === 'prod' && instance.family !== 'barrier' && !isTestRun(instance);

const ofTask = async (world: TellWorld, { move }: FoldStep): Promise<readonly Occurrence[]> => {
  const { instance, from, at } = move;
  const told: Occurrence[] = [];
  for (const found of taskOccurrences(from, instance)) {
    const rules = [
      ...(await alertsOf(world, move, found)),
      ...(found.kind === 'auto-retried' ? await notificationsOf(world, move, found.kind) : []),
    ];
    if (rules.length === 0 && !always(move, found)) continue;
    const { id, kind } = found;
    const owner = await world.ownerOf(instance);
    told.push(occurrenceOfInstance(instance, { id, kind, at, owner, rules }));
  }
  return told;
};

/** What incidents need is told whether a rule asks or not. */
const always = ({ instance: { family } }: CountedMove, { kind }: TaskOccurrence): boolean =>
  kind === 'recovered' || (kind === 'task-failed' && family !== 'backfill');

const alertsOf = async (
  world: TellWorld,
  { instance }: CountedMove,
  { on }: TaskOccurrence,
): Promise<readonly RuleRef[]> => {
  if (on === undefined) return [];
  const { alerts } = await world.rulesOf(instance.project);
  return alertRulesFor(on, instance, alerts).map(alertRef);
};

const ofRun = async (world: TellWorld, step: FoldStep): Promise<readonly Occurrence[]> => {
  const told: Occurrence[] = [];
  for (const found of runOccurrences(step.before, step.after)) {
    const rules = await notificationsOf(world, step.move, found.kind);
    if (rules.length > 0) told.push(await occurrenceOfRun(world, step, found, rules));
  }
  return told;
};

const notificationsOf = async (
  world: TellWorld,
  { instance: { project, workflow, family } }: CountedMove,
  kind: OccurrenceKind,
): Promise<readonly RuleRef[]> => {
  const { notifications } = await world.rulesOf(project);
  if (notifications.length === 0) return [];
  const byTag = notifications.some(({ enabled, sphere }) => enabled && sphere.kind === 'tags');
  const tags = byTag ? ((await world.workflowOf(project, workflow))?.tags ?? []) : [];
  return matchNotifications({ kind, family, workflow, tags }, notifications);
};

const occurrenceOfRun = async (
  world: TellWorld,
  { move: { at, instance }, after }: FoldStep,
  { id, kind }: RunOccurrence,
  rules: readonly RuleRef[],
): Promise<Occurrence> => {
  const { env, project, workflow, runId, bizDate, dueAt, total, counts } = after;
  const owner = (await world.workflowOf(project, workflow))?.owner;
  const failed = kind === 'run-failed' && instance.status === 'FAILED' ? instance : undefined;
  return {
    ...{ id, kind, at, env, project, workflow, runId, bizDate, dueAt },
    ...(after.beganAt === undefined ? {} : { startedAt: after.beganAt }),
    ...(after.endedAt === undefined ? {} : { endedAt: after.endedAt }),
    ...(failed ? { task: failed.task, instance: failed.id, attempt: failed.attempt } : {}),
    ...(failed?.outcome === undefined ? {} : { outcome: failed.outcome }),
    ...(failed?.error === undefined ? {} : { error: failed.error }),
    ...(owner === undefined ? {} : { owner }),
    detail: { total, failed: counts.FAILED },
    rules: [...rules],
  };
};
