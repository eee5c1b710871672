import type { Language } from '../notice/language.schema.ts';
import type { MessageFacts, MessageItem } from '../notice/message-facts.ts';
import { cleanText, cutAt, oneLine } from './clean-text.ts';
import { consoleLinks } from './console-links.ts';
import { factsOf } from './facts-of.ts';
import { headlineOf, kindText, objectText, summaryOf } from './headline-of.ts';
import type { MessageLine, MessageParts } from './message-parts.ts';
import type { Words } from './words.ts';
import { wordsOf } from './words-of.ts';

/** A message lists so many items and counts the rest. */
const listed = 20;
/** Characters of an error: enough for a stack's head, little enough that no client clips the message. */
const errorMost = 1500;

/** What a notice says in a language, before a channel draws it. */
export const partsOf = (
  facts: MessageFacts,
  {
    language,
    consoleUrl,
  }: { readonly language: Language; readonly consoleUrl: string | undefined },
): MessageParts => {
  const words = wordsOf(language);
  const links = consoleLinks(consoleUrl, facts);
  const [first] = facts.items;
  const single = facts.count === 1;
  const shown = single ? [] : facts.items.slice(0, listed);

  return {
    tone: toneOf(facts),
    headline: headlineOf(facts, words),
    summary: summaryOf(facts, words),
    facts: factsOf(facts, words, links),
    error: errorOf(single ? first.error : undefined),
    items: shown.map(
      (item): MessageLine => ({ text: itemText(item, facts, words), url: links.item(item) }),
    ),
    more: single ? 0 : Math.max(0, facts.count - shown.length),
    actions: [
      ...named(words.link.openInstance, single && first.instance && links.instance(first.instance)),
      ...named(words.link.openRun, single && first.runId && links.run(first.runId)),
      ...named(words.link.openIncident, facts.incident && links.incident(facts.incident.id)),
      ...(facts.actions ?? []).flatMap((action) =>
        named(words.link[action.action], links.action(action)),
      ),
    ],
    notes: facts.reason === 'test' ? [words.isTest] : [],
    footer: [
      words.footer(oneLine(facts.rule, 80), facts.project),
      ...(facts.actions?.length && consoleUrl ? [words.actionsNote] : []),
    ].join(' '),
  };
};

const named = (label: string, url: string | false | undefined) => (url ? [{ label, url }] : []);

const good: ReadonlySet<string> = new Set(['run-succeeded', 'task-succeeded', 'recovered']);
const neutral: ReadonlySet<string> = new Set(['run-started', 'auto-retried']);

const toneOf = ({ kind, reason }: MessageFacts): MessageParts['tone'] => {
  if (reason === 'recovered' || good.has(kind)) return 'good';
  return neutral.has(kind) ? 'neutral' : 'bad';
};

const errorOf = (error: string | undefined): MessageParts['error'] => {
  const text = cleanText((error ?? '').slice(0, errorMost * 4)).trim();
  if (text === '') return undefined;
  const shown = cutAt(text, errorMost);
  return { text: shown, cut: shown === text ? 0 : (error?.length ?? 0) - shown.length };
};

const itemText = (item: MessageItem, facts: MessageFacts, words: Words): string => {
  const error = item.error === undefined ? '' : oneLine(item.error, 160);
  return [
    objectText(item, facts),
    item.bizDate,
    item.kind === facts.kind ? undefined : kindText(item.kind, facts.reason, words),
    error === '' ? undefined : error,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
};
