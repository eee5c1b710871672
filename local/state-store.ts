import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unusable } from './lock.ts';

/**
 * What the host itself must remember. One SQLite file in write-ahead mode: a commit survives a
 * killed process, and costs some ten microseconds.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, express INTEGER NOT NULL,
    input TEXT NOT NULL, status TEXT NOT NULL, started INTEGER NOT NULL, stopped INTEGER,
    output TEXT, error TEXT, cause TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS executions_running ON executions (status) WHERE status = 'RUNNING';
  CREATE TABLE IF NOT EXISTS cursors (
    mapping TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT NOT NULL, finished INTEGER NOT NULL,
    window_start INTEGER, window_state TEXT, PRIMARY KEY (mapping, shard)) STRICT;
  CREATE TABLE IF NOT EXISTS fires (schedule TEXT PRIMARY KEY, fired INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS dead_letters (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
    body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS mails (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL,
    subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL, raw TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
    body TEXT NOT NULL, note TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS refresh_tokens (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL, client TEXT NOT NULL, scope TEXT NOT NULL,
    expires INTEGER NOT NULL) STRICT;
`;

export type StateStore = {
  readonly db: DatabaseSync;
  note(name: string): string | undefined;
  setNote(name: string, value: string): void;
  /** Keeps what could not be delivered, as a dead-letter queue would. */
  deadLetter(at: number, source: string, reason: string, body: string): void;
  close(): void;
};

export const openStateStore = (folder: string): StateStore => {
  try {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const db = new DatabaseSync(join(folder, 'host.db'));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
    db.exec(schema);
    return over(db);
  } catch (error) {
    throw unusable(folder, error);
  }
};

function over(db: DatabaseSync): StateStore {
  const read = db.prepare('SELECT value FROM notes WHERE name = ?');
  const write = db.prepare('INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)');
  const bury = db.prepare(
    'INSERT INTO dead_letters (at, source, reason, body) VALUES (?, ?, ?, ?)',
  );
  return {
    db,
    note: (name) => read.get(name)?.value?.toString(),
    setNote: (name, value) => void write.run(name, value),
    deadLetter: (at, source, reason, body) => void bury.run(at, source, reason, body),
    close: () => db.close(),
  };
}
