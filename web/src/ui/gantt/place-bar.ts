import type { GanttSpan } from './gantt.ts';

/** Where a stretch of time lies within a span, in percent; undefined when it lies outside. What sticks out is cut off. */
export const placeBar = (
  { startAt, endAt }: { readonly startAt: string; readonly endAt: string },
  { from, to }: GanttSpan,
): { readonly left: number; readonly width: number } | undefined => {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const [first, last] = [Date.parse(startAt), Math.max(Date.parse(startAt), Date.parse(endAt))];
  if (last < start || first > end || end <= start) return undefined;

  const left = (100 * (Math.max(first, start) - start)) / (end - start);
  const right = (100 * (Math.min(last, end) - start)) / (end - start);
  return { left, width: right - left };
};
