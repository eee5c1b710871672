import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';

/** A stretch of time in a row. */
export type GanttBar = {
  readonly id: string;
  readonly startAt: string;
  readonly endAt: string;
  /** Times and status in words: what pointing at the bar and a screen reader say. */
  readonly label: string;
  readonly status?: Status | undefined;
  /** Drawn as an outline: it is expected and has not happened. */
  readonly planned?: boolean | undefined;
};

export type GanttRow = {
  readonly id: string;
  readonly label: string;
  /** A word behind the name, such as the duration. */
  readonly note?: string | undefined;
  /** Levels of indentation. Default: 0. */
  readonly depth?: number | undefined;
  /** Set for a row that has rows below it. */
  readonly expanded?: boolean | undefined;
  readonly bars: readonly GanttBar[];
};

/** A vertical line, such as a change of clocks. */
export type GanttMark = { readonly at: string; readonly label: string };

export type GanttSpan = { readonly from: string; readonly to: string };
