import type { MessageKey, Messages, Values } from './messages.ts';

export type Language = 'en' | 'zh-CN';

/** The text of a key in the language in use; placeholders are checked when compiling. */
export type Translate = <K extends MessageKey>(key: K, ...values: Values<K>) => string;

/** `t` of one language: fills placeholders, formats numbers and chooses the plural form by `count`. */
export const translator = (language: Language, messages: Messages): Translate => {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);

  return (key, ...[values]) => {
    const message = messages[key];
    const given: Readonly<Record<string, string | number>> = values ?? {};
    const one = plurals.select(Number(given.count ?? 0)) === 'one';
    const text = typeof message === 'string' ? message : (one && message.one) || message.other;

    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = given[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
};
