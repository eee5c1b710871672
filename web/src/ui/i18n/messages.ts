import type { audit } from './en/audit.ts';
import type { backfills } from './en/backfills.ts';
import type { common } from './en/common.ts';
import type { configuration } from './en/configuration.ts';
import type { diagnosis } from './en/diagnosis.ts';
import type { events } from './en/events.ts';
import type { gantt } from './en/gantt.ts';
import type { handover } from './en/handover.ts';
import type { holds } from './en/holds.ts';
import type { home } from './en/home.ts';
import type { instances } from './en/instances.ts';
import type { lists } from './en/lists.ts';
import type { logs } from './en/logs.ts';
import type { monitoring } from './en/monitoring.ts';
import type { notify } from './en/notify.ts';
import type { operations } from './en/operations.ts';
import type { retry } from './en/retry.ts';
import type { runOperations } from './en/run-operations.ts';
import type { runs } from './en/runs.ts';
import type { schedule } from './en/schedule.ts';
import type { shell } from './en/shell.ts';
import type { simulation } from './en/simulation.ts';
import type { status } from './en/status.ts';
import type { system } from './en/system.ts';
import type { tasks } from './en/tasks.ts';
import type { workflows } from './en/workflows.ts';

/** The English texts are the source: their keys and placeholders are what every other language must have. */
type Source = typeof backfills &
  typeof audit &
  typeof common &
  typeof configuration &
  typeof diagnosis &
  typeof events &
  typeof gantt &
  typeof handover &
  typeof holds &
  typeof home &
  typeof instances &
  typeof logs &
  typeof monitoring &
  typeof notify &
  typeof retry &
  typeof runOperations &
  typeof lists &
  typeof operations &
  typeof runs &
  typeof schedule &
  typeof shell &
  typeof simulation &
  typeof status &
  typeof system &
  typeof tasks &
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
