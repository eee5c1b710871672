import type { TaskWork } from '../workflow/task.schema.ts';

/** What a check demands of its number. */
export type Expectation = Extract<TaskWork, { kind: 'check' }>['expect'];

/** Whether `actual` is as expected. */
export const holds = ({ op, value }: Expectation, actual: number): boolean => {
  switch (op) {
    case '=':
      return actual === value;
    case '!=':
      return actual !== value;
    case '>':
      return actual > value;
    case '<':
      return actual < value;
    case '>=':
      return actual >= value;
    case '<=':
      return actual <= value;
  }
};
