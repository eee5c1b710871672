import {
  alertRef,
  alertRulesFor,
  type RevisedAlertRule,
} from '../../shared/domain/alert/match-alerts.ts';
import { occurrenceKindOf } from '../../shared/domain/alert/occurrence-kind-of.ts';
import {
  type DueClock,
  dueClocks,
  type Window,
  wasNotStarted,
  wasUndone,
} from '../../shared/domain/alert/time-rules.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { occurrenceOfInstance } from '../matching/occurrence-of.ts';
import type { RuleWatchDeps, Watched } from './rule-watch-deps.ts';

type Due = { readonly rule: RevisedAlertRule; readonly clock: DueClock };

/** Instances read by one request of the store. */
const chunk = 1000;
const atOnce = 8;

/**
 * Tells of recurring instances that were not done, or not begun, when the time of a rule came (N76). The list of a date is
 * read only in a round in which such a time has come, and of it only what the rules are about.
 */
export const watchClocks = async (
  deps: RuleWatchDeps,
  { project, zone, alerts }: Watched,
  window: Window,
): Promise<number> => {
  const due = alerts.flatMap((rule) =>
    dueClocks(rule.condition, zone, window).map((clock): Due => ({ rule, clock })),
  );
  let told = 0;
  for (const [bizDate, clocks] of Map.groupBy(due, ({ clock }) => clock.bizDate)) {
    const to = clocks.map(({ clock }) => clock.at).reduce((a, b) => laterOf(a, b));
    const day = { env: 'prod', project, family: 'recurring', bizDate } as const;
    const ids = (await deps.instances.idsOfDay(day, to)).filter((id) => mayMatter(id, clocks));
    for (let from = 0; from < ids.length; from += chunk) {
      const found = await deps.instances.findMany(ids.slice(from, from + chunk), { strong: true });
      const done = await inParallel([...found.values()], atOnce, (instance) =>
        tellLate(deps, instance, clocks, alerts),
      );
      told += done.reduce((sum, count) => sum + count, 0);
    }
  }
  return told;
};

const mayMatter = (id: string, due: readonly Due[]): boolean => {
  const ref = parseInstanceId(id);
  return (
    ref !== undefined &&
    due.some(
      ({ rule: { scope }, clock: { index } }) =>
        (index === undefined || index === ref.index) &&
        (scope.level === 'project' ||
          scope.tasks.some(({ workflow, task }) => workflow === ref.workflow && task === ref.task)),
    )
  );
};

const tellLate = async (
  { told, world }: RuleWatchDeps,
  instance: Instance,
  due: readonly Due[],
  alerts: readonly RevisedAlertRule[],
): Promise<number> => {
  let count = 0;
  for (const { rule, clock } of due) {
    const { on } = rule.condition;
    if (clock.index !== undefined && clock.index !== instance.index) continue;
    const late = on === 'not-started' ? wasNotStarted : wasUndone;
    if (!late(instance, clock.at)) continue;
    // Among all rules of the condition, whether their time has come or not: a rule of the task overrides.
    if (!alertRulesFor(on, instance, alerts).some(({ id }) => id === rule.id)) continue;
    const kind = occurrenceKindOf[on];
    const written = await told.putOccurrence(
      occurrenceOfInstance(instance, {
        ...{ id: `${kind}#${rule.id}#${instance.id}`, kind, at: clock.at },
        owner: await world.ownerOf(instance),
        detail: { by: clock.at, status: instance.status },
        rules: [alertRef(rule)],
      }),
    );
    count += Number(written);
  }
  return count;
};
