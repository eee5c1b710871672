import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { type Day, dayKeyOf } from '../../shared/domain/run/day-counts.ts';
import type { RunPlace } from '../../shared/domain/run/run-counts.ts';
import { padded } from './instances-table.ts';
import { stripeOf } from './stripe.ts';
import type { ItemKey } from './table.ts';

/**
 * Views table. Everything in it can be rebuilt from the instances.
 *
 * | access pattern                         | partition key                        | sort key        |
 * | -------------------------------------- | ------------------------------------ | --------------- |
 * | how far a stream shard is folded       | CURSOR#shard                         | CURSOR          |
 * | whether a move is folded (no shard id) | MARK#instance                        | seq, 000001…    |
 * | counters of a project-day              | DAY#env#project#family#bizDate#0..3  | COUNT           |
 * | runs by their start, an hour an item   | RUNS#env#project#day (UTC)#0..3      | workflow#hour   |
 * | durations of the tasks of a workflow   | DUR#env#project#workflow             | task            |
 * | last update of a dataset               | DATASET#project                      | dataset         |
 * | records that could not be folded       | POISON#shard                         | sequence number |
 */
export const viewsTable = {
  cursor: (shard: string): ItemKey => ({ pk: `CURSOR#${shard}`, sk: 'CURSOR' }),
  mark: (instanceId: string, seq: number): ItemKey => ({
    pk: `MARK#${instanceId}`,
    sk: padded(seq),
  }),
  day: (day: Day, stripe: number): ItemKey => ({
    pk: `DAY#${dayKeyOf(day)}#${stripe}`,
    sk: 'COUNT',
  }),
  runsOfDay: (env: Env, project: string, day: string, stripe: number) =>
    `RUNS#${env}#${project}#${day}#${stripe}`,
  runCounts: ({ env, project, workflow, at }: RunPlace): ItemKey => ({
    pk: viewsTable.runsOfDay(env, project, at.slice(0, 10), stripeOf(workflow, counterStripes)),
    sk: `${workflow}#${at.slice(11, 13)}`,
  }),
  durations: (env: Env, project: string, workflow: string) => `DUR#${env}#${project}#${workflow}`,
  datasetUpdate: (project: string, dataset: string): ItemKey => ({
    pk: `DATASET#${project}`,
    sk: dataset,
  }),
  poison: (shard: string, sequenceNumber: string): ItemKey => ({
    pk: `POISON#${shard}`,
    sk: paddedSequence(sequenceNumber),
  }),
} as const;

/** Stripes of a day's counters: two shards rarely add to the same item. The runs of one workflow are in one stripe. */
export const counterStripes = 4;

/** Sequence numbers are decimal texts of up to 40 digits; padded, they compare as numbers do. */
export const paddedSequence = (sequenceNumber: string): string => sequenceNumber.padStart(40, '0');
