import * as z from 'zod';
import { BlockerCode } from '../gate/decision.schema.ts';
import { Outcome } from '../instance/instance.schema.ts';
import { Key } from '../kernel/key.schema.ts';
import { BizDate, Instant, Zone } from '../kernel/time.schema.ts';

/** Why an instance did not start at its due time, and how long that lasted. */
export const SimulatedWait = z
  .object({
    why: z.enum(['upstream', 'pool', 'held', 'wait-task', 'condition']),
    on: z.string().optional().meta({ description: 'the last upstream, the pool, the hold, …' }),
    seconds: z.number().min(0),
  })
  .meta({ id: 'SimulatedWait' });
export type SimulatedWait = z.infer<typeof SimulatedWait>;

export const SimulatedInstance = z
  .object({
    id: z.string(),
    run: z.string(),
    project: Key,
    workflow: Key,
    task: Key,
    dueAt: Instant,
    startAt: Instant.optional().meta({ description: 'missing: it never starts' }),
    endAt: Instant.optional(),
    seconds: z.number().min(0).meta({ description: 'expected duration' }),
    guessed: z.boolean().meta({ description: 'no history: the duration is a default of its kind' }),
    outcome: Outcome.optional(),
    waits: z.array(SimulatedWait),
  })
  .meta({ id: 'SimulatedInstance' });
export type SimulatedInstance = z.infer<typeof SimulatedInstance>;

/** The instances of one cycle of a workflow. */
export const SimulatedRun = z
  .object({
    run: z.string(),
    project: Key,
    workflow: Key,
    bizDate: BizDate,
    cycle: z.int().min(1),
    dueAt: Instant,
    startAt: Instant.optional(),
    endAt: Instant.optional().meta({ description: 'missing: part of it never ends' }),
    instances: z.int().min(1),
    never: z.int().min(0).meta({ description: 'instances that never end' }),
    poolSeconds: z
      .number()
      .min(0)
      .meta({ description: 'sum of what its instances queue for pools' }),
    guessed: z.int().min(0).meta({ description: 'instances whose duration is a default' }),
  })
  .meta({ id: 'SimulatedRun' });
export type SimulatedRun = z.infer<typeof SimulatedRun>;

/** A pool over the horizon. It is full while no slot is free or somebody queues for it. */
export const PoolLoad = z
  .object({
    pool: z.string(),
    limit: z.int().min(0).meta({ description: 'the largest within the horizon' }),
    maxUsed: z.int().min(0),
    maxQueue: z.int().min(0),
    fullSeconds: z.number().min(0),
    queuedSeconds: z.number().min(0).meta({ description: 'time in which somebody queued' }),
    full: z.array(z.object({ from: Instant, until: Instant, maxQueue: z.int().min(0) })),
  })
  .meta({ id: 'PoolLoad' });
export type PoolLoad = z.infer<typeof PoolLoad>;

/** Five minutes: how many attempts fall due, and how many start. */
export const HerdBucket = z
  .object({ at: Instant, due: z.int().min(0), started: z.int().min(0) })
  .meta({ id: 'HerdBucket' });
export type HerdBucket = z.infer<typeof HerdBucket>;

/** Five minutes in which too many attempts fall due. */
const SimulatedPeak = z.object({
  at: Instant,
  due: z.int().min(0),
  quieter: z
    .object({ at: Instant, due: z.int().min(0) })
    .optional()
    .meta({ description: 'the quietest five minutes within an hour' }),
});

/**
 * What a change of clocks does to a wall time of a schedule: it is `shifted` past the gap or `skipped`, runs `doubled`, or
 * happens twice and runs `once`.
 */
export const SimulatedDstMark = z
  .object({
    kind: z.enum(['shifted', 'skipped', 'doubled', 'once']),
    at: Instant.meta({ description: 'when the clocks change' }),
    local: z.string(),
    zone: Zone,
    workflow: Key,
    task: Key.optional().meta({ description: 'set when the task has a schedule of its own' }),
  })
  .meta({ id: 'SimulatedDstMark' });
export type SimulatedDstMark = z.infer<typeof SimulatedDstMark>;

/** An instance that nothing within sight would let start, or end. */
export const NeverStarts = z
  .object({
    id: z.string(),
    code: z.union([BlockerCode, z.enum(['failed', 'definition-missing'])]),
    on: z.string().optional(),
    root: z.boolean().meta({ description: 'not merely because of an upstream that never ends' }),
  })
  .meta({ id: 'NeverStarts' });
export type NeverStarts = z.infer<typeof NeverStarts>;

export const Simulation = z
  .object({
    from: Instant,
    until: Instant,
    instances: z.array(SimulatedInstance),
    runs: z.array(SimulatedRun),
    never: z.array(NeverStarts),
    beyond: z.int().min(0).meta({ description: 'instances that wait for an upstream due later' }),
    pools: z.array(PoolLoad),
    herd: z.array(HerdBucket),
    peaks: z.array(SimulatedPeak).meta({ description: 'herds, the largest first' }),
    dst: z.array(SimulatedDstMark),
  })
  .meta({ id: 'Simulation' });
export type Simulation = z.infer<typeof Simulation>;
