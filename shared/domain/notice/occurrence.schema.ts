import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';

/** What happened that somebody may want to be told of. Each is told at most once per rule. */
export const OccurrenceKind = z
  .enum([
    'run-started',
    'run-succeeded',
    'run-failed',
    'task-failed',
    'task-succeeded',
    'task-timeout',
    'task-not-completed',
    'task-not-started',
    'auto-retried',
    'log-keyword',
    'failed-count',
    'failed-share',
    'recovered',
  ])
  .meta({ id: 'OccurrenceKind' });
export type OccurrenceKind = z.infer<typeof OccurrenceKind>;

/** The rule that wants to tell of it, with the revision that matched. */
export const RuleRef = z
  .object({
    kind: z.enum(['notification', 'alert']),
    project: Key,
    name: z.string().meta({ description: 'id of the rule' }),
    title: z.string().optional().meta({ description: 'its name for people when it matched' }),
    rev: z.int().min(1),
  })
  .meta({ id: 'RuleRef' });
export type RuleRef = z.infer<typeof RuleRef>;

/**
 * A row of the ledger, written once under an id that is a function of the moves or of the rule and the cycle. Whoever
 * writes it has matched the rules; `notify` groups it, writes notices and deliveries, and sends.
 */
export const Occurrence = z
  .object({
    id: z.string().max(600).meta({ description: 'same id, same fact' }),
    kind: OccurrenceKind,
    at: Instant.meta({ description: 'when it happened' }),
    env: Env,
    project: Key,
    workflow: Key.optional(),
    task: Key.optional(),
    runId: z.string().optional(),
    instance: z.string().optional(),
    bizDate: BizDate.optional(),
    dueAt: Instant.optional(),
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    attempt: z.int().min(0).optional(),
    outcome: z.string().optional(),
    error: z.string().optional().meta({ description: 'first line of why' }),
    owner: z.string().optional().meta({ description: 'owner of the task, or of the workflow' }),
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .meta({ description: 'what else the text may name: minutes, count, share, keyword, total' }),
    rules: z.array(RuleRef).meta({ description: 'empty: only the incident is kept' }),
    test: z.boolean().optional().meta({
      description: 'somebody tries the rule: told at once to its receivers, part of no incident',
    }),
  })
  .meta({ id: 'Occurrence' });
export type Occurrence = z.infer<typeof Occurrence>;
