import { isoOf } from '../kernel/calendar-day.ts';
import type { Occurrence } from './occurrence.schema.ts';

/** Minutes within which what an alert rule sees belongs together. */
export const mergeMinutes = 5;

type Place = Pick<Occurrence, 'kind' | 'env' | 'project' | 'workflow' | 'at'>;

/** Where a notification rule tells of a workflow, each kind on its own: a start must not hold back a failure. */
export const runThreadOf = ({ kind, env, project, workflow = '' }: Place): string =>
  `runs:${env}:${project}:${workflow}:${kind}`;

/**
 * Where an alert rule tells of other things than failures: what it saw within the same five minutes goes together, so that
 * a hundred tasks that are late at six o'clock are one message and a digest.
 */
export const alertThreadOf = ({ kind, env, project, at }: Place): string => {
  const width = mergeMinutes * 60_000;
  const begin = isoOf(Math.floor(Date.parse(at) / width) * width);
  return `alerts:${env}:${project}:${kind}:${begin}`;
};
