import type { common } from './en/common.ts';
import type { home } from './en/home.ts';
import type { instances } from './en/instances.ts';
import type { runs } from './en/runs.ts';
import type { shell } from './en/shell.ts';
import type { status } from './en/status.ts';
import type { system } from './en/system.ts';
import type { workflows } from './en/workflows.ts';

/** The English texts are the source: their keys and placeholders are what every other language must have. */
type Source = typeof common &
  typeof home &
  typeof instances &
  typeof runs &
  typeof shell &
  typeof status &
  typeof system &
  typeof workflows;

/** A text, or one per plural form, chosen by `count`. `{name}` is a placeholder. */
export type Message = string | { readonly one?: string; readonly other: string };

export type MessageKey = keyof Source;
export type Messages = Readonly<Record<MessageKey, Message>>;

/** One area of another language: a missing or a surplus key does not compile. */
export type Translation<Area> = { readonly [K in keyof Area]: Message };

type TextOf<M> = M extends { readonly other: infer O } ? O : M;
type NamesIn<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type CountOf<M> = M extends string ? never : 'count';

/** Names of the placeholders that a message has. */
type PlaceholdersOf<K extends MessageKey> = NamesIn<TextOf<Source[K]>> | CountOf<Source[K]>;

/** Keys whose text has no placeholder: those that can be chosen at run time. */
export type PlainKey = {
  [K in MessageKey]: [PlaceholdersOf<K>] extends [never] ? K : never;
}[MessageKey];

export type Values<K extends MessageKey> = [PlaceholdersOf<K>] extends [never]
  ? []
  : [values: Readonly<Record<PlaceholdersOf<K>, string | number>>];
