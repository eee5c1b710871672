import {
  alertRef,
  alertRulesFor,
  type RevisedAlertRule,
} from '../../shared/domain/alert/match-alerts.ts';
import { crossedTimeout, type Window } from '../../shared/domain/alert/time-rules.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { isTestRun } from '../../shared/domain/run/test-scope.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { occurrenceOfInstance } from '../matching/occurrence-of.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import type { RuleWatchDeps, Watched } from './rule-watch-deps.ts';

const pageSize = 1000;
/** Pages per stripe and minute: 40,000 attempts in all. */
const pages = 5;
const atOnce = 8;

/** Tells of running attempts that crossed the limit of a rule. They go on running (N77). */
export const watchTimeouts = async (
  deps: RuleWatchDeps,
  watched: readonly Watched[],
  window: Window,
): Promise<number> => {
  const rulesOf = new Map(
    watched.map(({ project, alerts }) => [
      project,
      alerts.filter(({ condition }) => condition.on === 'timeout'),
    ]),
  );
  const minutes = [...rulesOf.values()].flat().map(minutesOf);
  if (minutes.length === 0) return 0;

  const until = plusSeconds(window.until, -60 * Math.min(...minutes));
  const mayMatter = (id: string): boolean => {
    const ref = parseInstanceId(id);
    if (ref?.env !== 'prod' || ref.family === 'barrier' || isTestRun(ref)) return false;
    return (rulesOf.get(ref.project) ?? []).some(
      ({ scope }) =>
        scope.level === 'project' ||
        scope.tasks.some(({ workflow, task }) => workflow === ref.workflow && task === ref.task),
    );
  };
  let told = 0;
  for (const stripe of stripesUpTo(queueStripes)) {
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const list = await deps.instances.active({ stripe, until, limit: pageSize, cursor });
      const ids = list.items.map(({ id }) => id).filter(mayMatter);
      // The cheap read finds who may have crossed, the strong one decides.
      const seen = [...(await deps.instances.findMany(ids)).values()];
      const crossed = seen.filter((each) => rulesCrossed(each, rulesOf, window).length > 0);
      const now = await deps.instances.findMany(
        crossed.map(({ id }) => id),
        { strong: true },
      );
      const done = await inParallel([...now.values()], atOnce, async (instance) => {
        let count = 0;
        for (const rule of rulesCrossed(instance, rulesOf, window))
          count += Number(await tell(deps, instance, rule));
        return count;
      });
      told += done.reduce((sum, count) => sum + count, 0);
      cursor = list.cursor;
      if (cursor === undefined) break;
    }
  }
  return told;
};

const rulesCrossed = (
  instance: Instance,
  rulesOf: ReadonlyMap<string, readonly RevisedAlertRule[]>,
  window: Window,
): readonly RevisedAlertRule[] =>
  alertRulesFor('timeout', instance, rulesOf.get(instance.project) ?? []).filter((rule) =>
    crossedTimeout(minutesOf(rule), instance, window),
  );

const tell = async (
  { told, world }: RuleWatchDeps,
  instance: Instance,
  rule: RevisedAlertRule,
): Promise<boolean> => {
  const minutes = minutesOf(rule);
  return told.putOccurrence(
    occurrenceOfInstance(instance, {
      id: `task-timeout#${rule.id}#${instance.id}#${instance.attempt}`,
      kind: 'task-timeout',
      at: plusSeconds(instance.startedAt ?? instance.dueAt, minutes * 60),
      owner: await world.ownerOf(instance),
      detail: { minutes },
      rules: [alertRef(rule)],
    }),
  );
};

const minutesOf = ({ condition }: RevisedAlertRule): number =>
  condition.on === 'timeout' ? condition.minutes : Number.POSITIVE_INFINITY;
