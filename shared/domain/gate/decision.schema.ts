import * as z from 'zod';
import { Outcome, Status } from '../instance/instance.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

/** In the order of the gate (design.md §3); `paused` stands first because nothing else helps while it lasts. */
const Step = z.enum(['paused', 'upstream', 'time', 'throttle', 'resource']).meta({ id: 'Step' });

/** Every kind of reason that the gate knows; the console has a sentence for each in each language. */
export const BlockerCode = z
  .enum([
    'instance-paused',
    'task-paused',
    'instance-held',
    'task-held',
    'workflow-held',
    'project-held',
    'pool-held',
    'frozen',
    'parent-missing',
    'parent-paused',
    'parent-failed',
    'parent-waiting',
    'parent-running',
    'parent-settling',
    'not-due',
    'retry-wait',
    'wait-task',
    'approval-pending',
    'previous-run',
    'recurring-first',
    'run-window',
    'rule-full',
    'rule-closed',
    'group-full',
    'slot-reserved',
  ])
  .meta({ id: 'BlockerCode' });
export type BlockerCode = z.infer<typeof BlockerCode>;

/** One reason why an instance does not start. */
export const Blocker = z
  .object({
    step: Step,
    code: BlockerCode,
    since: Instant.meta({ description: 'when it began to block' }),
    holder: z.string().meta({
      description:
        'who or what holds it: an instance, a pool with its holders, the clock, a person',
    }),
    clearsAt: Instant.nullable().meta({
      description: 'when it is expected to clear; null when somebody must act first',
    }),
    action: z.string().meta({ description: 'what would clear it' }),
    instance: z.string().optional().meta({ description: 'instance to look at' }),
    pool: z.string().optional().meta({ description: 'pool that has no room' }),
    hold: z.string().optional().meta({ description: 'hold that would have to be lifted' }),
  })
  .meta({ id: 'Blocker' });
export type Blocker = z.infer<typeof Blocker>;

/**
 * What the gate says: `run` an attempt, `pass` without one (it turns SUCCESS), `fail` without one (its definition is gone,
 * or a branch cannot be decided), `wait` with every blocker in order, or nothing because it is `active` or `ended`.
 */
export const Decision = z
  .discriminatedUnion('decision', [
    z.object({ decision: z.literal('run') }),
    z.object({
      decision: z.literal('pass'),
      outcome: Outcome,
      taken: z.array(z.string()).optional(),
    }),
    z.object({ decision: z.literal('fail'), outcome: Outcome, error: z.string() }),
    z.object({
      decision: z.literal('wait'),
      status: Status.meta({ description: 'the status that says why it waits' }),
      blockers: z.array(Blocker).min(1),
      parked: z
        .boolean()
        .meta({ description: 'only a person can change it: nobody need look again' }),
      wakeAt: Instant.optional().meta({ description: 'set when nothing but the clock is missing' }),
      waitUntil: Instant.optional().meta({ description: 'end of a wait task that begins now' }),
      ask: z.boolean().optional().meta({ description: 'an approval begins to wait for a person' }),
      pool: z.string().optional().meta({ description: 'the pool it queues for' }),
    }),
    z.object({ decision: z.literal('active') }),
    z.object({ decision: z.literal('ended') }),
  ])
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;
