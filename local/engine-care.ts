import { DatabaseSync } from 'node:sqlite';

/** Records of a stream that stay although everybody has read them: numbers continue from the newest. */
const keptRecords = 2000;
/** So few at a time that a writer of the engine never waits noticeably. */
const deletedAtOnce = 500;

export type EngineCare = {
  /** Deletes records of a table's stream up to a sequence number, except the newest ones. */
  trim(table: string, servedUpTo: bigint): void;
  close(): void;
};

/**
 * dynoxide looks for the newest record of a stream at every write, without an index: writes slow
 * down with each record kept. Its file is plain SQLite, so the host adds the index and trims.
 */
export const careForEngine = (file: string): EngineCare => {
  const db = new DatabaseSync(file);
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA synchronous = NORMAL;
    CREATE INDEX IF NOT EXISTS host_stream_newest ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS host_stream_shard ON _stream_records (table_name, shard_id, sequence_number);
  `);
  const newest = db.prepare(
    'SELECT MAX(CAST(sequence_number AS INTEGER)) AS newest FROM _stream_records WHERE table_name = ?',
  );
  const remove = db.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) <= ?
       ORDER BY CAST(sequence_number AS INTEGER) LIMIT ${deletedAtOnce})`,
  );
  return {
    trim(table, servedUpTo) {
      const last = newest.get(table)?.newest;
      if (typeof last !== 'number') return;
      const kept = BigInt(last - keptRecords);
      remove.run(table, servedUpTo < kept ? servedUpTo : kept);
    },
    close: () => db.close(),
  };
};
