import type { MessageWords } from '../notice/message-template.schema.ts';
import { cutAt, oneLine } from './clean-text.ts';
import { fillLine, type Values } from './fill-template.ts';
import { fitsSms, inSmsSigns } from './sms-size.ts';
import type { Words } from './words.ts';

type Cut = 'error' | 'link' | 'text';

/** A link is worth the end of an error, not its beginning: of a longer one so much stays before the link may. */
const errorBeforeLink = 32;

/**
 * One SMS, which is what a provider bills as one: 160 characters of the GSM alphabet, or 70 with any other. What failed and
 * why come first: whatever does not fit goes in the order of the tail of the error, the link (which of 70 leaves nothing for
 * the rest), the error, the end of the text. The message says which of them.
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

  const { error, link } = values;
  const linkCut: readonly Cut[] = link === '' ? [] : ['link'];
  const withLink = longestThatFits(
    [error.length, Math.min(error.length, errorBeforeLink)],
    (most) => fill({ error: cutSign(error, most) }, ['error']),
  );
  if (withLink !== undefined) return withLink;

  const noLink = fill({ link: '' }, linkCut);
  if (fitsSms(noLink)) return noLink;
  const shorter = longestThatFits([error.length, leastError], (most) =>
    fill({ error: cutSign(error, most), link: '' }, ['error', ...linkCut]),
  );
  if (shorter !== undefined) return shorter;

  const gone: readonly Cut[] = [...(error === '' ? [] : ['error' as const]), ...linkCut];
  const without = fill({ error: '', link: '' }, gone);
  if (fitsSms(without)) return without;

  const bare = fill({ error: '', link: '' }, []);
  return (
    longestThatFits(
      [bare.length, 0],
      (most) => `${cutSign(bare, most)} ${words.cut([...gone, 'text'])}`,
    ) ?? cutSign(bare, 60)
  );
};

/** Fewer characters of an error tell nothing. */
const leastError = 8;

/** The longest of the messages that `make` gives for `most` … `least`; undefined when even the shortest is too long. */
const longestThatFits = (
  [most, least]: readonly [most: number, least: number],
  make: (length: number) => string,
): string | undefined => {
  for (let length = most; length >= least; length -= 1) {
    const text = make(length);
    if (fitsSms(text)) return text;
  }
  return undefined;
};

const cutSign = (text: string, most: number): string => inSmsSigns(cutAt(text, most));
