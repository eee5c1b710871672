import * as z from 'zod';

/** Five levels; authors choose up to MIDDLE, baselines lift above it (spec/README decision 22). */
export const Priority = z
  .enum(['LOWEST', 'LOW', 'MIDDLE', 'HIGH', 'HIGHEST'])
  .meta({ id: 'Priority' });
export type Priority = z.infer<typeof Priority>;

/** 1 (lowest) to 5 (highest): larger goes first. */
export const rankOf = (priority: Priority): number => Priority.options.indexOf(priority) + 1;
