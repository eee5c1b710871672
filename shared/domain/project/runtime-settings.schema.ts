import * as z from 'zod';

const timeout = z
  .int()
  .min(36, { error: 'must be at least 36 seconds (0.01 h)' })
  .max(604_800, { error: 'must be at most 604800 seconds (168 h)' });

/**
 * What holds for a task that says nothing itself (nodes-and-instances 8.2). Seconds throughout; the form shows hours
 * and minutes.
 */
export const RuntimeSettings = z
  .object({
    /** Ad hoc and test runs. Default 2 h. */
    timeoutOneTimeRunSeconds: timeout.default(7_200),
    /** Recurring instances. Default 48 h. */
    timeoutRecurringSeconds: timeout.default(172_800),
    /** Tasks and workflows started by hand. Default 48 h. */
    timeoutManualSeconds: timeout.default(172_800),
    /** Automatic retries. Default 1, 0 switches them off. */
    retryCount: z
      .int()
      .min(0, { error: 'must be at least 0; 0 switches automatic retries off' })
      .max(10, { error: 'must be at most 10' })
      .default(1),
    /** Pause before an automatic retry. Default 5 min. */
    retryIntervalSeconds: z
      .int()
      .min(60, { error: 'must be at least 60 seconds' })
      .max(3_600, { error: 'must be at most 3600 seconds' })
      .default(300),
    /** Retry a timed-out attempt too. Default off. */
    retryOnTimeout: z.boolean().default(false),
  })
  .meta({ id: 'RuntimeSettings' });
export type RuntimeSettings = z.infer<typeof RuntimeSettings>;

/** What one level (system or project) sets; what is missing comes from the level below. */
export const SettingsOverrides = z
  .object({
    timeoutOneTimeRunSeconds: timeout.optional(),
    timeoutRecurringSeconds: timeout.optional(),
    timeoutManualSeconds: timeout.optional(),
    retryCount: RuntimeSettings.shape.retryCount.unwrap().optional(),
    retryIntervalSeconds: RuntimeSettings.shape.retryIntervalSeconds.unwrap().optional(),
    retryOnTimeout: z.boolean().optional(),
  })
  .meta({ id: 'SettingsOverrides' });
export type SettingsOverrides = z.infer<typeof SettingsOverrides>;
