import * as z from 'zod';
import { AuditEntry } from '../../domain/audit/audit-entry.schema.ts';
import { Family, Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { Role } from '../../domain/project/project.schema.ts';
import { GenerationLine } from '../../domain/run/generation-line.schema.ts';
import { runSums } from '../../domain/run/run-counts.ts';
import { none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

/** Who calls and what they may do. */
const Me = z
  .object({
    user: z.string(),
    role: Role.nullable().meta({ description: 'what the token grants in every project' }),
    grants: z
      .array(z.object({ project: Key, role: Role }))
      .meta({ description: 'as a member of projects' }),
  })
  .meta({ id: 'Me' });

/** Exact counts of the instances of one project and business date. */
const DayCounters = z
  .object({
    project: Key,
    env: Env,
    bizDate: BizDate,
    family: Family,
    total: z.int().min(0),
    statuses: z.partialRecord(Status, z.int().min(0)),
    outcomes: z.partialRecord(Outcome, z.int().min(0)),
  })
  .meta({ id: 'DayCounters' });

/** Sums over runs, as the overview shows them. */
const RunCounters = z
  .object(
    Object.fromEntries(runSums.map((name) => [name, z.int()])) as Record<
      (typeof runSums)[number],
      z.ZodInt
    >,
  )
  .meta({ id: 'RunCounters' });

/** How the installation is. A missing figure is unknown. */
const Health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    at: Instant,
    checks: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['ok', 'warning', 'error', 'unknown']),
        detail: z.string(),
        fix: z.string().optional(),
        at: Instant.optional(),
      }),
    ),
    generations: z.array(GenerationLine).meta({ description: 'the newest line of each project' }),
  })
  .meta({ id: 'Health' });

export const systemRoutes = {
  getMe: {
    method: 'GET',
    path: '/api/me',
    summary: 'Who the token says you are, and your roles',
    tag: 'system',
    role: 'member',
    project: 'system',
    lambda: 'read',
    params: none,
    query: none,
    reply: Me,
    status: 200,
    problems: [],
  },
  getHealth: {
    method: 'GET',
    path: '/api/health',
    summary: 'Store, dispatch, last generation of each project',
    tag: 'system',
    role: 'member',
    project: 'system',
    lambda: 'read',
    params: none,
    query: none,
    reply: Health,
    status: 200,
    problems: [],
  },
  getCounters: {
    method: 'GET',
    path: '/api/counters',
    summary: 'Exact counts by status and outcome of one project and business date',
    tag: 'counters',
    role: 'viewer',
    project: 'query',
    lambda: 'read',
    params: none,
    query: z.object({
      project: Key,
      bizDate: BizDate,
      env: Env.default('prod'),
      family: Family.exclude(['barrier']).default('recurring'),
    }),
    reply: DayCounters,
    status: 200,
    problems: ['project-not-found'],
  },
  recountDay: {
    method: 'GET',
    path: '/api/recount',
    summary: 'Count the instances of a day one by one and compare with the counters',
    tag: 'counters',
    role: 'operator',
    project: 'query',
    lambda: 'read',
    params: none,
    query: z.object({
      project: Key,
      bizDate: BizDate,
      env: Env.default('prod'),
      family: Family.exclude(['barrier']).default('recurring'),
      cursor: paging.cursor,
    }),
    reply: z.object({
      counted: DayCounters.meta({ id: undefined, description: 'of this page of instances' }),
      counters: DayCounters.meta({ id: undefined }),
      cursor: z.string().optional().meta({ description: 'add up the pages: the look is bounded' }),
    }),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  recountRuns: {
    method: 'GET',
    path: '/api/recount-runs',
    summary:
      'Count the runs that started on a day one by one and compare with the counters of the overview',
    tag: 'counters',
    role: 'operator',
    project: 'query',
    lambda: 'read',
    params: none,
    query: z.object({
      project: Key,
      env: Env.default('prod'),
      day: BizDate.meta({ description: 'a day in UTC' }),
      cursor: paging.cursor,
    }),
    reply: z.object({
      counted: RunCounters.meta({ id: undefined, description: 'of this page of runs' }),
      counters: RunCounters.meta({ id: undefined }),
      cursor: z.string().optional().meta({
        description:
          'add up the pages. Runs that were due more than 8 days before are not looked at',
      }),
    }),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  listAudit: {
    method: 'GET',
    path: '/api/projects/{project}/audit',
    summary: 'Operation log of an object, or of the project on one day, newest first',
    tag: 'system',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: z.object({ project: Key }),
    query: z.object({
      ...paging,
      object: z.string().max(400).optional().meta({
        description:
          '`workflow:project/workflow`, `task:project/workflow/task`, `instance:id`; default: all of a day',
      }),
      day: BizDate.optional().meta({ description: 'UTC day, without `object`; default: today' }),
    }),
    reply: pageOf(AuditEntry),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  listGenerations: {
    method: 'GET',
    path: '/api/projects/{project}/generations',
    summary: 'The schedule ledger of a project, newest first',
    tag: 'generations',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: z.object({ project: Key }),
    query: z.object({ limit: paging.limit, env: Env.default('prod') }),
    reply: z.object({ items: z.array(GenerationLine) }),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as OpenAPI 3.1',
    tag: 'system',
    role: 'public',
    project: 'system',
    lambda: 'describe',
    params: none,
    query: none,
    reply: z.record(z.string(), z.unknown()),
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
