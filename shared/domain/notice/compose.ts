import { oneLine } from '../message/clean-text.ts';
import { defaultWords } from '../message/default-words.ts';
import type { Draft } from '../message/draft.ts';
import { fillBody, fillLine } from '../message/fill-template.ts';
import { dialectOf } from '../message/markdown-dialect.ts';
import { partsOf } from '../message/parts-of.ts';
import { renderMail } from '../message/render-mail.ts';
import { renderMarkdown } from '../message/render-markdown.ts';
import { renderPayload } from '../message/render-payload.ts';
import { renderSms } from '../message/render-sms.ts';
import { renderSpeech } from '../message/render-speech.ts';
import { renderText } from '../message/render-text.ts';
import { templateValues } from '../message/template-facts.ts';
import { wordsOf } from '../message/words-of.ts';
import type { ChannelKind } from './channel.schema.ts';
import type { Language } from './language.schema.ts';
import type { MessageFacts } from './message-facts.ts';
import type { MessageWords } from './message-template.schema.ts';
import type { Content } from './notice.schema.ts';

type ComposeOptions = {
  readonly channel: ChannelKind;
  readonly language: Language;
  /** Words of an administrator; without, the ones built in. One that cannot be filled is left out, and the text says so. */
  readonly template?: MessageWords | undefined;
  /** Where the console is, without a slash at the end; without, messages have no links. */
  readonly consoleUrl: string | undefined;
};

/** What one channel carries of a notice. Pure and total: whatever the facts hold, there is a message, and it is harmless. */
export const compose = (facts: MessageFacts, options: ComposeOptions): Content => {
  const { channel, language, template } = options;
  const words = wordsOf(language);
  const parts = partsOf(facts, options);
  const values = templateValues(facts, parts, words);

  const own = template && fillBody(template, values);
  const used = template && own?.ok ? template : defaultWords[channel];
  const filled = fillBody(used, values);
  const fellBack = own && !own.ok ? [words.fellBack(own.error)] : [];
  const draft: Draft = {
    ...{ facts, words, language },
    parts: { ...parts, notes: [...parts.notes, ...fellBack] },
    subject: subjectOf(used, values),
    pieces: filled.ok ? filled.value : [],
  };

  const { subject } = draft;
  switch (channel) {
    case 'mail':
      return { subject, text: renderText(draft), html: renderMail(draft) };
    case 'sms':
      return { subject, text: renderSms(used, values, words) };
    case 'voice': {
      const speech = renderSpeech(used, values, words);
      return { subject, text: speech, speech };
    }
    case 'webhook': {
      const text = renderText(draft);
      return { subject, text, payload: renderPayload(draft, text) };
    }
    default:
      return {
        subject,
        text: renderText(draft),
        markdown: renderMarkdown(draft, dialectOf(channel)),
      };
  }
};

/** One line; a reminder, a digest or a test says so even where the words of an administrator do not. */
const subjectOf = ({ subject }: MessageWords, values: Parameters<typeof fillLine>[1]): string => {
  const line = oneLine(fillLine(subject, values), 200);
  const says = /\{(?:headline|reason)\}/.test(subject);
  return says || values.reason === '' ? line : oneLine(`${values.reason}: ${line}`, 200);
};
