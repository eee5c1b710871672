import type { MessageWords } from '../notice/message-template.schema.ts';
import { oneLine } from './clean-text.ts';
import { fillLine, type Values } from './fill-template.ts';
import type { Words } from './words.ts';

/** Enough for a minute; the provider takes 3,000 characters. */
const most = 600;

/** What a voice reads, twice, because who picks up seldom hears the first words. No markup, no addresses. */
export const renderSpeech = (template: MessageWords, values: Values, words: Words): string => {
  const spoken = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, speakable(value)]),
  ) as Values;
  const said = oneLine(fillLine(template.body, { ...spoken, link: '', actions: '' }), most);
  return `${said} ${words.again}${said}`;
};

/** Signs that a voice would spell out or take for markup are pauses. */
const speakable = (text: string): string =>
  text
    .replace(/[a-z]+:\/\/\S+/gi, ' ')
    .replace(/[_/\\<>{}[\]|#*~`^=&]+/g, ' ')
    .replace(/(?<=\p{L})[.-](?=\p{L})/gu, ' ')
    .replace(/\s+/g, ' ');
