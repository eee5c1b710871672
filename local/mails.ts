import type { HostClock } from './clock.ts';
import type { StateStore } from './state-store.ts';

/** A mail that was accepted; `raw` is what came over the wire. */
export type Mail = {
  readonly sender: string;
  /** Comma-separated. */
  readonly recipients: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly raw: string;
};

export type KeptMail = Mail & {
  readonly id: number;
  /** Epoch milliseconds on the host's clock. */
  readonly at: number;
};

type MailQuery = {
  /** Part of the subject, the text, the sender or a recipient. */
  readonly text?: string | undefined;
  /** Only older ones. */
  readonly before?: number | undefined;
  readonly limit: number;
};

export type Mails = {
  add(mail: Mail): number;
  /** The newest first. */
  list(query: MailQuery): readonly KeptMail[];
  find(id: number): KeptMail | undefined;
  /** Accepted since an instant (epoch milliseconds). */
  countSince(at: number): number;
};

/** Every mail that SES would have sent, for as long as the state folder lives. */
export const mails = (store: StateStore, clock: HostClock): Mails => {
  store.db.exec('CREATE INDEX IF NOT EXISTS mails_at ON mails (at)');
  const insert = store.db.prepare(
    'INSERT INTO mails (at, sender, recipients, subject, text, html, raw) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const search = store.db.prepare(
    `SELECT * FROM mails WHERE id < ?1 AND (?2 = '' OR instr(lower(subject || char(10) || recipients || char(10) || sender || char(10) || text), ?2) > 0)
     ORDER BY id DESC LIMIT ?3`,
  );
  const one = store.db.prepare('SELECT * FROM mails WHERE id = ?');
  const count = store.db.prepare('SELECT count(*) AS n FROM mails WHERE at > ?');

  return {
    add: ({ sender, recipients, subject, text, html, raw }) =>
      Number(insert.run(clock.now(), sender, recipients, subject, text, html, raw).lastInsertRowid),
    list: ({ text = '', before = Number.MAX_SAFE_INTEGER, limit }) =>
      search.all(before, text.toLowerCase(), limit) as unknown as KeptMail[],
    find: (id) => one.get(id) as unknown as KeptMail | undefined,
    countSince: (at) => Number(count.get(at)?.n ?? 0),
  };
};
