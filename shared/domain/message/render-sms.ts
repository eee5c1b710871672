import type { MessageWords } from '../notice/message-template.schema.ts';
import { cutAt, oneLine } from './clean-text.ts';
import { fillLine, type Values } from './fill-template.ts';
import { fitsSms, inSmsSigns } from './sms-size.ts';
import type { Words } from './words.ts';

type Cut = 'error' | 'link' | 'text';

/**
 * One SMS, which is what a provider bills as one: 160 characters of the GSM alphabet, or 70 with any other. Whatever does
 * not fit goes in this order: the tail of the error, the link, the end of the text; the message says which of them.
 */
export const renderSms = (template: MessageWords, values: Values, words: Words): string => {
  const fill = (changed: Partial<Values>, cut: readonly Cut[]) => {
    const text = oneLine(
      inSmsSigns(fillLine(template.body, { ...values, ...changed })).replace(/ +([.:,])/g, '$1'),
      2000,
    );
    return cut.length === 0 ? text : `${text} ${words.cut(cut)}`;
  };
  const whole = fill({}, []);
  if (fitsSms(whole)) return whole;

  const shorter = longestThatFits(values.error.length, (most) =>
    fill({ error: shortened(values.error, most) }, ['error']),
  );
  if (shorter !== undefined) return shorter;

  const gone: readonly Cut[] = values.error === '' ? ['link'] : ['error', 'link'];
  const without = fill({ error: '', link: '' }, gone);
  if (fitsSms(without)) return without;

  const bare = fill({ error: '', link: '' }, []);
  return (
    longestThatFits(
      bare.length,
      (most) => `${cutSign(bare, most)} ${words.cut([...gone, 'text'])}`,
    ) ?? cutSign(bare, 60)
  );
};

/** The longest of the messages that `make` gives for 0 … `most`; undefined when even the shortest is too long. */
const longestThatFits = (most: number, make: (length: number) => string): string | undefined => {
  for (let length = most; length >= 0; length -= 1) {
    const text = make(length);
    if (fitsSms(text)) return text;
  }
  return undefined;
};

/** Fewer than eight characters of an error tell nothing. */
const shortened = (error: string, most: number): string => (most < 8 ? '' : cutSign(error, most));

const cutSign = (text: string, most: number): string => inSmsSigns(cutAt(text, most));
