import type { MessageFacts } from '../notice/message-facts.ts';
import { oneLine } from './clean-text.ts';
import { outcomeText } from './facts-of.ts';
import { kindText, objectText } from './headline-of.ts';
import { localTimeText } from './local-time-text.ts';
import type { MessageParts } from './message-parts.ts';
import type { Words } from './words.ts';

/** Placeholders that may stand in a template, with what each stands for. */
export const templateFacts = {
  headline: 'what the message is, on one line, with the reason before it',
  summary: 'what happened, in a sentence',
  reason: 'digest, reminder, escalated, test or sent again; nothing for a first message',
  kind: 'what happened, in a few words',
  project: 'name of the project',
  env: 'prod or dev',
  workflow: 'name of the workflow',
  task: 'name of the task',
  object: 'workflow/task, the workflow, or the project',
  run: 'id of the run',
  date: 'business date',
  scheduled: 'planned start in the zone of the project',
  started: 'start in the zone of the project',
  ended: 'end in the zone of the project',
  zone: 'zone of the project',
  attempt: 'number of the last attempt',
  outcome: 'how it ended',
  owner: 'owner of the task, or of the workflow',
  rule: 'name of the rule',
  severity: 'severity of the alert rule',
  count: 'how many occurrences it tells of',
  downstream: 'how many task instances wait for it; with a + behind it at least so many',
  keyword: 'the keyword that was found',
  minutes: 'the minutes of a time-out',
  runbook: 'the runbook of the task, first line',
  link: 'address of the page in the console',
  error: 'the error; on a line of its own all that fits, else its first line',
  facts: 'the table of facts',
  items: 'the list of what a digest tells of',
  actions: 'the links',
} as const;

export type TemplateFact = keyof typeof templateFacts;

/** These are drawn as blocks when they stand on a line of their own. */
export const templateBlocks = ['error', 'facts', 'items', 'actions'] as const;
export type TemplateBlock = (typeof templateBlocks)[number];

/** What each placeholder stands for within a line. */
export const templateValues = (
  facts: MessageFacts,
  parts: MessageParts,
  words: Words,
): Readonly<Record<TemplateFact, string>> => {
  const [first] = facts.items;
  const time = (at: string | undefined) => (at === undefined ? '' : localTimeText(at, facts.zone));
  const text = (value: string | number | boolean | undefined, most = 200) =>
    value === undefined ? '' : oneLine(String(value), most);

  return {
    headline: parts.headline,
    summary: parts.summary,
    reason: words.reason[facts.reason],
    kind: kindText(facts.kind, facts.reason, words),
    project: facts.project,
    env: facts.env,
    workflow: text(first.workflow),
    task: text(first.task),
    object: objectText(first, facts),
    run: text(first.runId, 400),
    date: text(first.bizDate ?? facts.bizDate),
    scheduled: time(first.dueAt),
    started: time(first.startedAt),
    ended: time(first.endedAt),
    zone: facts.zone,
    attempt: text(first.attempt),
    outcome: text(outcomeText(first.outcome, words)),
    owner: text(first.owner),
    rule: text(facts.rule),
    severity: facts.severity === undefined ? '' : words.severity[facts.severity],
    count: String(facts.count),
    downstream: facts.downstream
      ? `${facts.downstream.count}${facts.downstream.more ? '+' : ''}`
      : '',
    keyword: text(first.detail.keyword),
    minutes: text(first.detail.minutes),
    runbook: text(facts.runbook?.split('\n')[0]),
    link: parts.actions[0]?.url ?? '',
    error: text(first.error?.split('\n', 1)[0], 300),
    facts: parts.facts.map(({ label, value }) => `${label}${words.colon}${value}`).join('; '),
    items: parts.items.map((item) => item.text).join('; '),
    actions: parts.actions.map(({ url }) => url).join(' '),
  };
};
