import { bytesOf } from './bytes-of.ts';
import type { LogLine } from './log-line.schema.ts';

/** A chunk ends before any of these is passed. The time also bounds how far back a search must look. */
export const chunkLimits = { bytes: 65_536, lines: 1_000, seconds: 600 } as const;

/** Lines in order of time, cut into chunks. The same lines are cut the same. */
export const cutIntoChunks = (lines: readonly LogLine[]): readonly (readonly LogLine[])[] => {
  const chunks: LogLine[][] = [];
  let chunk: LogLine[] = [];
  let bytes = 0;
  let until = 0;
  for (const line of lines) {
    const at = Date.parse(line.at);
    const weight = weightOf(line);
    const isFull =
      chunk.length >= chunkLimits.lines || bytes + weight > chunkLimits.bytes || at > until;
    if (chunk.length === 0 || isFull) {
      chunk = [];
      chunks.push(chunk);
      bytes = 0;
      until = at + chunkLimits.seconds * 1000;
    }
    chunk.push(line);
    bytes += weight;
  }
  return chunks;
};

const weightOf = ({ text, fields }: LogLine): number =>
  bytesOf(text) + (fields ? bytesOf(JSON.stringify(fields)) : 0);
