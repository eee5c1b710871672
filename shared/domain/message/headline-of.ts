import type { MessageFacts, MessageItem } from '../notice/message-facts.ts';
import type { OccurrenceKind } from '../notice/occurrence.schema.ts';
import { oneLine } from './clean-text.ts';
import type { Said, Words } from './words.ts';

/** `workflow/task`, `workflow`, or the project. */
export const objectText = (
  { workflow, task }: Pick<MessageItem, 'workflow' | 'task'>,
  { project }: Pick<MessageFacts, 'project'>,
): string => [workflow, task].filter((part) => part !== undefined).join('/') || project;

/** What it is, in a word or two. What recovers is told as that, whatever had failed. */
export const kindText = (
  kind: OccurrenceKind,
  reason: MessageFacts['reason'],
  words: Words,
): string => words.kind[reason === 'recovered' ? 'recovered' : kind];

/** One line that says what the message is: `Reminder: Task failed: daily/load (2026-10-24)`. */
export const headlineOf = (facts: MessageFacts, words: Words): string => {
  const { kind, reason, count, items } = facts;
  const what = kindText(kind, reason, words);
  const said =
    count === 1
      ? words.headline(what, objectText(items[0], facts), items[0].bizDate)
      : words.several(count, what, commonWorkflow(facts) ?? facts.project);
  const before = words.reason[reason];
  return oneLine(before === '' ? said : `${before}${words.colon}${said}`, 200);
};

/** What happened, in a sentence. */
export const summaryOf = (facts: MessageFacts, words: Words): string => {
  const { kind, reason, count, items } = facts;
  if (count === 1) {
    const told = reason === 'recovered' ? 'recovered' : kind;
    return oneLine(words.sentence[told](saidOf(items[0], facts)), 400);
  }
  const all = { ...saidOf(items[0], facts), workflow: commonWorkflow(facts) };
  const sameDate = items.every(({ bizDate }) => bizDate === items[0].bizDate);
  return oneLine(
    words.severalSentence(count, kindText(kind, reason, words), {
      ...all,
      bizDate: sameDate ? all.bizDate : undefined,
    }),
    400,
  );
};

/** The workflow that all of them are of. */
const commonWorkflow = ({ items }: MessageFacts): string | undefined =>
  items.every(({ workflow }) => workflow === items[0].workflow) ? items[0].workflow : undefined;

const saidOf = (item: MessageItem, { project, count }: MessageFacts): Said => ({
  task: item.task,
  workflow: item.workflow,
  project,
  bizDate: item.bizDate,
  attempt: item.attempt,
  count,
  detail: Object.fromEntries(
    Object.entries(item.detail).map(([name, value]) => [name, oneLine(String(value), 128)]),
  ),
});
