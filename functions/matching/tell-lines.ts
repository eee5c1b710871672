import { findKeyword } from '../../shared/domain/alert/find-keyword.ts';
import { alertRef, alertRulesFor } from '../../shared/domain/alert/match-alerts.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { fateOf } from '../../shared/domain/log/fate-of.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { isTestRun } from '../../shared/domain/run/test-scope.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { occurrenceOfInstance } from './occurrence-of.ts';
import type { TellWorld } from './tell-world.ts';
import { withheldErrors } from './withheld-errors.ts';

/** Lines as they are kept, and what is known of their attempt. */
export type LinesToTell = {
  readonly instance: Instance;
  readonly attempt: number;
  readonly lines: readonly LogLine[];
  /** Set by whoever ends the attempt: whether an automatic retry follows. */
  readonly end?: 'retried' | 'final' | undefined;
};

export type TellLines = (lines: LinesToTell) => Promise<void>;

/**
 * Tells, once for each attempt, that a line contains the text of a rule. Failures that an automatic retry may follow are
 * told of by nobody (spec/README decision 21); when the attempt ends for good, those that came while it ran are told of, for
 * which whoever ends attempts gives the log. Without such a rule it costs what is remembered anyway.
 */
export const tellLinesOf =
  (
    world: Pick<TellWorld, 'rulesOf' | 'ownerOf'>,
    { putOccurrence }: Pick<LedgerStore, 'putOccurrence'>,
    logs?: Pick<LogStore, 'ofInstance'>,
  ): TellLines =>
  async ({ instance, attempt, lines, end }) => {
    if (instance.env !== 'prod' || isTestRun(instance)) return;
    const { alerts } = await world.rulesOf(instance.project);
    const rules = alertRulesFor('log-keyword', instance, alerts);
    if (rules.length === 0) return;

    const shown = end === undefined ? isShown(instance, attempt) : end === 'final';
    const late = end === 'final' && logs ? await withheldErrors(logs, instance, attempt) : [];
    const told = [...late, ...lines.filter(({ level }) => shown || level !== 'ERROR')];
    for (const rule of rules) {
      const line = findKeyword(rule.condition, told);
      if (!line) continue;
      await putOccurrence({
        ...occurrenceOfInstance(instance, {
          id: `log-keyword#${rule.id}#${instance.id}#${attempt}`,
          kind: 'log-keyword',
          at: line.at,
          owner: await world.ownerOf(instance),
          detail: { keyword: line.keyword, line: line.text.slice(0, 200), level: line.level },
          rules: [alertRef(rule)],
        }),
        attempt,
      });
    }
  };

/** Whether failures in lines that come during an attempt are shown by now. Of an attempt that is over nobody says so here. */
const isShown = (instance: Instance, attempt: number): boolean =>
  attempt === instance.attempt && fateOf(attempt, instance, undefined) === 'shown';
