import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';
import { Severity } from './alert-rule.schema.ts';

export const IncidentStatus = z
  .enum(['OPEN', 'ACKNOWLEDGED', 'SNOOZED', 'RECOVERED', 'CLOSED'])
  .meta({
    id: 'IncidentStatus',
    description:
      'RECOVERED: each failed instance has succeeded; CLOSED: ended by a person, or nothing can succeed any more',
  });
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/**
 * Failures with one cause: the nearest failed upstream, or, where none failed, the same error fingerprint in the project.
 * One incident, one thread of messages (what-users-ask-for §4.7).
 */
export const Incident = z
  .object({
    id: z.string().max(300),
    key: z.string().meta({ description: 'cause; at most one incident of a key is not over' }),
    env: Env,
    project: Key,
    status: IncidentStatus,
    severity: Severity.optional().meta({
      description: 'the worst of the alert rules that matched; missing: no rule did',
    }),
    cause: z.object({
      kind: z.enum(['upstream', 'error']),
      instance: z.string().optional().meta({ description: 'the root, or the first that failed' }),
      workflow: Key.optional(),
      task: Key.optional(),
      fingerprint: z.string(),
      error: z.string().optional(),
    }),
    openedAt: Instant,
    lastAt: Instant,
    failures: z.int().min(1).meta({ description: 'failed instances, each counted once' }),
    open: z.int().min(0).meta({ description: 'of them those that have not recovered' }),
    workflows: z.array(Key).max(20).meta({ description: 'the first that are struck' }),
    acknowledgedBy: z.string().optional(),
    acknowledgedAt: Instant.optional(),
    snoozedUntil: Instant.optional(),
    escalatedAt: Instant.optional(),
    recoveredAt: Instant.optional(),
    closedBy: z.string().optional(),
    closedAt: Instant.optional(),
    seq: z.int().min(1),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;
