import type { StateStore } from './state-store.ts';

/** A tumbling window: when it began (epoch milliseconds) and what the function gave back last. */
export type Window = { readonly start: number; state: unknown };

/** How far one consumer has got in each shard, and its open window; kept over restarts. */
export const streamCursors = ({ db }: StateStore, mapping: string) => {
  const one = db.prepare('SELECT * FROM cursors WHERE mapping = ? AND shard = ?');
  const every = db.prepare('SELECT shard, sequence, finished FROM cursors WHERE mapping = ?');
  const write = db.prepare(
    `INSERT INTO cursors (mapping, shard, sequence, finished, window_start, window_state) VALUES (?, ?, ?, 0, ?, ?)
     ON CONFLICT DO UPDATE SET sequence = excluded.sequence, window_start = excluded.window_start, window_state = excluded.window_state`,
  );
  const setWindow = db.prepare(
    'UPDATE cursors SET window_start = ?, window_state = ? WHERE mapping = ? AND shard = ?',
  );
  const setFinished = db.prepare('UPDATE cursors SET finished = 1 WHERE mapping = ? AND shard = ?');
  const columns = (window: Window | undefined): [number | null, string | null] =>
    window ? [window.start, JSON.stringify(window.state)] : [null, null];

  return {
    all: () =>
      every.all(mapping).map(({ shard, sequence, finished }) => ({
        shard: String(shard),
        sequence: String(sequence),
        finished: finished === 1,
      })),
    position: (shard: string) => one.get(mapping, shard)?.sequence?.toString(),
    window: (shard: string): Window | undefined => {
      const row = one.get(mapping, shard);
      return typeof row?.window_start === 'number'
        ? { start: row.window_start, state: JSON.parse(String(row.window_state)) }
        : undefined;
    },
    save: (shard: string, sequence: string, window: Window | undefined) =>
      void write.run(mapping, shard, sequence, ...columns(window)),
    saveWindow: (shard: string, window: Window | undefined) =>
      void setWindow.run(...columns(window), mapping, shard),
    finish: (shard: string) => void setFinished.run(mapping, shard),
  };
};
