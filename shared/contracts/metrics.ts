/** What our functions count themselves; everything else is AWS's own metrics. Alarms and dashboard read the same names. */
export const metricNamespace = 'Nightshift';

export const metricNames = {
  /** Project-days without a line in the schedule ledger an hour after their cut-off, or with ticks without a run; from watch/sentinel. */
  generationHoles: 'GenerationHoles',
  /** Seconds that the oldest message in the outbox is late; from notify/sweep. */
  messageDelay: 'MessageDelay',
} as const;
