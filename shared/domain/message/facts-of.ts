import type { MessageFacts } from '../notice/message-facts.ts';
import { oneLine } from './clean-text.ts';
import type { ConsoleLinks } from './console-links.ts';
import { localTimeText } from './local-time-text.ts';
import type { MessageFact } from './message-parts.ts';
import type { FactName, Words } from './words.ts';

/** How something ended, in words; an outcome that has none is told as it is. */
export const outcomeText = (outcome: string | undefined, words: Words): string | undefined =>
  outcome !== undefined && Object.hasOwn(words.outcome, outcome) ? words.outcome[outcome] : outcome;

/** The facts of a notice as rows, in the order in which people look for them; what is not known has no row. */
export const factsOf = (
  facts: MessageFacts,
  words: Words,
  links: ConsoleLinks,
): readonly MessageFact[] => {
  const { env, project, projectTitle, zone, count, incident, reminder } = facts;
  const [first] = facts.items;
  const one = count === 1 ? first : undefined;
  const time = (at: string | undefined) => (at === undefined ? undefined : localTimeText(at, zone));
  const row = (name: FactName, value: string | undefined, url?: string): readonly MessageFact[] =>
    value === undefined || value === ''
      ? []
      : [{ label: words.fact[name], value: oneLine(value, 300), url }];
  const given = oneLine(projectTitle ?? '', 80);
  const title = given === '' ? project : `${given} (${project})`;

  return [
    ...row('project', env === 'dev' ? `${title}, ${words.dev}` : title),
    ...row('workflow', one?.workflow, one?.workflow && links.workflow(one.workflow)),
    ...row('task', one?.task, one?.workflow && one.task && links.task(one.workflow, one.task)),
    ...row('bizDate', one?.bizDate ?? facts.bizDate),
    ...row('run', one?.runId, one?.runId && links.run(one.runId)),
    ...row('dueAt', time(one?.dueAt)),
    ...row('startedAt', time(one?.startedAt)),
    ...row('endedAt', time(one?.endedAt)),
    ...row('at', one?.endedAt === undefined ? time(first.at) : undefined),
    ...row('attempt', one?.attempt === undefined ? undefined : String(one.attempt)),
    ...row('outcome', outcomeText(one?.outcome, words)),
    ...row('owner', one?.owner),
    ...row('onDuty', facts.onDuty),
    ...row(
      'downstream',
      facts.downstream && words.instances(facts.downstream.count, facts.downstream.more),
    ),
    ...row('recoveryAt', time(facts.recoveryAt)),
    ...row(
      'incident',
      incident && words.incident(incident.failures, incident.open),
      incident && links.incident(incident.id),
    ),
    ...row('severity', facts.severity && words.severity[facts.severity]),
    ...row('reminder', reminder && words.reminder(reminder.nth, reminder.of)),
    ...row('resendOf', facts.resendOf),
    ...row('runbook', facts.runbook),
    ...row('rule', facts.rule),
  ];
};
