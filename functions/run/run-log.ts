import type { LogLevel, LogLine, OwnOperation } from '../../shared/domain/log/log-line.schema.ts';
import type { Clock } from '../edge/system-clock.ts';

/** Longest text of one line; a run log is for reading, not for data. */
const maxText = 4096;

/** Collects the lines of one attempt; whoever ends the attempt writes them. */
export type RunLog = {
  readonly lines: readonly LogLine[];
  add(level: LogLevel, operation: OwnOperation, text: string, fields?: LogLine['fields']): void;
};

export const runLog = (clock: Clock, before: readonly LogLine[] = []): RunLog => {
  const lines: LogLine[] = [...before];
  return {
    lines,
    add: (level, operation, text, fields) => {
      const short = text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text;
      lines.push({ at: clock(), level, text: short, operation, ...(fields ? { fields } : {}) });
    },
  };
};
