import * as z from 'zod';
import { deadLetterQueueNames } from '../../domain/dead-letter/dead-letter-queue.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { comment, none } from './common.ts';
import type { RouteContract } from './route.ts';

const QueueName = z.enum(deadLetterQueueNames).meta({ id: 'DeadLetterQueueName' });

const DeadLetterQueue = z
  .object({
    name: QueueName,
    messages: z.int().min(0).meta({ description: 'about: SQS counts by sampling' }),
    hidden: z.int().min(0).meta({ description: 'being looked at by somebody' }),
    remedy: z.enum(['again', 'tick', 'watch', 'recount', 'sweep']).meta({
      description:
        'what mends it; `again`: its events can be put on the bus once more, the others are repeated by a stage or mended by a person',
    }),
  })
  .meta({ id: 'DeadLetterQueue' });

/** Messages of one look or one call. */
export const lettersAtOnce = 100;

const DeadLetterView = z
  .object({
    id: z.string(),
    at: Instant.nullable(),
    reason: z.string().optional().meta({ description: 'of whoever gave up' }),
    type: z.string().optional().meta({ description: 'of an event' }),
    source: z.string().optional(),
    body: z.string().meta({ description: 'values of secret fields are blotted out' }),
  })
  .meta({ id: 'DeadLetterView' });
export type DeadLetterView = z.infer<typeof DeadLetterView>;

const LettersHandled = z
  .object({
    done: z.array(z.string()),
    failed: z.array(z.object({ id: z.string(), error: z.string() })),
    more: z.boolean().meta({ description: 'the call was bounded; call again for the rest' }),
  })
  .meta({ id: 'DeadLettersHandled' });

const common = {
  tag: 'events',
  role: 'admin',
  project: 'system',
  lambda: 'ops',
  query: none,
  status: 200,
} as const;

const handle = {
  ...common,
  method: 'POST',
  idempotency: 'optional',
  params: z.object({ queue: QueueName }),
  body: z
    .object({
      ids: z
        .array(z.string().max(128))
        .min(1)
        .max(lettersAtOnce)
        .optional()
        .meta({ description: `default: what a look finds, at most ${lettersAtOnce}` }),
      comment,
    })
    .meta({ id: 'DeadLetterSelection' }),
  reply: LettersHandled,
} as const;

/** What could not be delivered: looked at, put again, thrown away; by administrators of the installation. */
export const deadLetterRoutes = {
  listDeadLetterQueues: {
    ...common,
    method: 'GET',
    path: '/api/dead-letters',
    summary: 'The dead-letter queues and how much they hold',
    params: none,
    reply: z.object({ items: z.array(DeadLetterQueue) }),
    problems: [],
  },
  listDeadLetters: {
    ...common,
    method: 'GET',
    path: '/api/dead-letters/{queue}',
    summary: `A look at the messages of a queue, at most ${lettersAtOnce}; they stay there`,
    params: z.object({ queue: QueueName }),
    reply: z.object({ items: z.array(DeadLetterView) }),
    problems: [],
  },
  redriveDeadLetters: {
    ...handle,
    path: '/api/dead-letters/{queue}/redrive',
    summary: 'Put events on the bus once more and take them out of the queue',
    problems: ['no-redrive'],
  },
  discardDeadLetters: {
    ...handle,
    path: '/api/dead-letters/{queue}/discard',
    summary: 'Throw messages away',
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
