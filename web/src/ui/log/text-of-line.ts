import type { LogEntry } from '../../../../shared/contracts/api/log-view.ts';

/** A line as it stands in a downloaded log. */
export const textOfLine = ({ at, level, task, attempt, operation, text }: LogEntry): string =>
  `${at} ${level.padEnd(5)} ${task}#${attempt} ${operation}: ${text}`;
