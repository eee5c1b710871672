/** The fourteen choices of the time panel, in its order (workflows-and-logs B1.2). */
export const timePresets = [
  ...(['5m', '15m', '1h', '6h', '1d', '3d', '7d', '30d'] as const),
  ...(['today', 'yesterday', 'day-before', 'this-week', 'last-week', 'custom'] as const),
] as const;
export type TimePreset = (typeof timePresets)[number];

/** What the page opens with. It is none of the fourteen, so that the way back to it has a name of its own. */
export const defaultSpan = '30m';
export type TimeSpan = Exclude<TimePreset, 'custom'> | typeof defaultSpan;
