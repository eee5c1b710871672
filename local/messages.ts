import type { HostClock } from './clock.ts';
import type { StateStore } from './state-store.ts';

/** A text message, a call or a post to a room, as the provider would have got it. */
export type KeptMessage = {
  readonly id: number;
  readonly at: number;
  readonly kind: 'sms' | 'voice' | 'post';
  /** Number, or path of the recorder. */
  readonly target: string;
  readonly body: string;
  /** Headers of a post, and what the signature came to. */
  readonly note: string;
};

export type Messages = {
  add(message: Pick<KeptMessage, 'kind' | 'target' | 'body' | 'note'>): number;
  /** The newest first. */
  list(limit: number): KeptMessage[];
  /** How many were posted to a target. */
  count(target: string): number;
};

/** What left the installation by other ways than mail. */
export const messages = (store: StateStore, clock: HostClock): Messages => {
  const insert = store.db.prepare(
    'INSERT INTO messages (at, kind, target, body, note) VALUES (?, ?, ?, ?, ?)',
  );
  const newest = store.db.prepare('SELECT * FROM messages ORDER BY id DESC LIMIT ?');
  const counted = store.db.prepare('SELECT count(*) AS n FROM messages WHERE target = ?');
  return {
    add: ({ kind, target, body, note }) =>
      Number(insert.run(clock.now(), kind, target, body, note).lastInsertRowid),
    list: (limit) => newest.all(limit) as KeptMessage[],
    count: (target) => Number(counted.get(target)?.n),
  };
};
