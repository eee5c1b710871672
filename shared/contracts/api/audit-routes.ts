import * as z from 'zod';
import { AuditEntry } from '../../domain/audit/audit-entry.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

export const auditRoutes = {
  searchAudit: {
    method: 'GET',
    path: '/api/audit',
    summary: 'Operation log of every project you may see, newest first',
    tag: 'system',
    role: 'member',
    project: 'each',
    lambda: 'read',
    params: none,
    query: z.object({
      ...paging,
      project: Key.optional().meta({
        description: '`system` for what belongs to no project; default: all you may see',
      }),
      object: z.string().max(400).optional().meta({
        description: 'exactly this object, for example `task:shop/daily/load`',
      }),
      text: z.string().max(200).optional().meta({ description: 'part of the name of the object' }),
      actor: z.string().max(128).optional(),
      action: z.string().max(64).optional(),
      env: Env.optional(),
      source: z.enum(['console', 'cli', 'api']).optional(),
      from: Instant.optional().meta({ description: 'default: 31 days before `to`' }),
      to: Instant.optional().meta({ description: 'default: now' }),
    }),
    reply: pageOf(AuditEntry),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
} as const satisfies Record<string, RouteContract>;
