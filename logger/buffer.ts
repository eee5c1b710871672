import type { Line } from './line.ts';

export type Batch = { readonly name: string; readonly lines: readonly Line[] };

export type BufferLimits = {
  /** Lines of one batch. */
  readonly lines: number;
  /** Bytes of one batch, as JSON in UTF-8. */
  readonly bytes: number;
  /** Lines that wait at most; more are dropped, and counted. */
  readonly waiting: number;
};

/** Lines that wait to be sent. A batch keeps its name until it is sent, so that sending it twice keeps it once. */
export const lineBuffer = (
  limits: BufferLimits,
  nameOf: (n: number) => string,
  droppedLine: (count: number) => Line,
) => {
  let waiting: { readonly line: Line; readonly bytes: number }[] = [];
  let waitingBytes = 0;
  let dropped = 0;
  let made = 0;
  let current: Batch | undefined;

  const take = (): Batch | undefined => {
    const lines: Line[] = dropped > 0 ? [droppedLine(dropped)] : [];
    dropped = 0;
    let bytes = lines.reduce((sum, line) => sum + sizeOf(line), 0);
    let count = 0;
    for (const each of waiting) {
      const isFull = lines.length > 0 && bytes + each.bytes > limits.bytes;
      if (lines.length >= limits.lines || isFull) break;
      lines.push(each.line);
      bytes += each.bytes;
      count += 1;
    }
    waitingBytes -= waiting.slice(0, count).reduce((sum, each) => sum + each.bytes, 0);
    waiting = waiting.slice(count);
    if (lines.length === 0) return undefined;
    made += 1;
    return { name: nameOf(made), lines };
  };

  return {
    /** True when a batch is full and should be sent. */
    add(line: Line): boolean {
      if (waiting.length >= limits.waiting) {
        dropped += 1;
        return true;
      }
      const bytes = sizeOf(line);
      waiting.push({ line, bytes });
      waitingBytes += bytes;
      return waiting.length >= limits.lines || waitingBytes >= limits.bytes;
    },
    /** The batch to send: the one that was not sent yet, else the next. */
    next(): Batch | undefined {
      current ??= take();
      return current;
    },
    /** The batch of `next` has been sent. */
    sent(): void {
      current = undefined;
    },
    isEmpty: (): boolean => current === undefined && waiting.length === 0 && dropped === 0,
  };
};

const sizeOf = (line: Line): number => new TextEncoder().encode(JSON.stringify(line)).length + 1;
