import { countedDates, reachesCount } from '../../shared/domain/alert/count-rules.ts';
import { alertRef } from '../../shared/domain/alert/match-alerts.ts';
import { occurrenceKindOf } from '../../shared/domain/alert/occurrence-kind-of.ts';
import type { RuleWatchDeps, Watched } from './rule-watch-deps.ts';

/** Tells, once for each business date, that the failures of a project have reached the threshold of a rule. */
export const watchCounts = async (
  { told, counters, clock }: RuleWatchDeps,
  { project, zone, alerts }: Watched,
): Promise<number> => {
  const rules = alerts.filter(
    ({ condition: { on } }) => on === 'failed-count' || on === 'failed-share',
  );
  if (rules.length === 0) return 0;

  const now = clock();
  let count = 0;
  for (const bizDate of countedDates(now, zone)) {
    const day = await counters.countsOf({ env: 'prod', project, family: 'recurring', bizDate });
    for (const rule of rules) {
      const facts = reachesCount(rule.condition, day);
      if (!facts) continue;
      const kind = occurrenceKindOf[rule.condition.on];
      const id = `${kind}#${rule.id}#${bizDate}`;
      // Reached stays reached: looking costs less than being refused every minute.
      if (await told.findOccurrence(id)) continue;
      const rules = [alertRef(rule)];
      const what = {
        id,
        kind,
        at: now,
        env: 'prod',
        project,
        bizDate,
        detail: facts,
        rules,
      } as const;
      count += Number(await told.putOccurrence({ ...what, rules }));
    }
  }
  return count;
};
