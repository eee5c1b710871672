import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

const pinned = z.object({
  version: z.int().min(0).meta({ description: '0: offline' }),
  timing: z.enum(['ON', 'OFF']),
});

/** Which version runs in one environment, and which did before: generation asks what was online at its cut-off. */
export const Pin = pinned
  .extend({
    content: z.string().meta({ description: 'key of the stored definition; empty while offline' }),
    periodic: z.boolean().meta({ description: 'the pinned version has a schedule' }),
    history: z
      .array(pinned.extend({ at: Instant }))
      .meta({ description: 'changes, oldest first; the last 50' }),
  })
  .meta({ id: 'WorkflowPin' });
export type Pin = z.infer<typeof Pin>;

/** A published version without its definition. Never changes. */
export const VersionSummary = z
  .object({
    version: z.int().min(1),
    content: z.string().meta({ description: 'key of the stored definition: its digest' }),
    at: Instant,
    by: z.string(),
    note: z.string().max(1024).optional(),
    tasks: z.int().min(1),
    periodic: z.boolean().meta({ description: 'it has a schedule: timing can be switched on' }),
  })
  .meta({ id: 'VersionSummary' });
export type VersionSummary = z.infer<typeof VersionSummary>;

/** A workflow as the catalog knows it: three independent axes, one record (workflows-and-logs A1.3). */
export const WorkflowRecord = z
  .object({
    project: Key,
    workflow: Key,
    description: z.string().max(1024).optional(),
    owner: z.string().max(128).optional(),
    tags: z.array(Key).max(20),
    dependsOn: z
      .array(z.string())
      .meta({ description: '`project/workflow` of the upstreams in other workflows' }),
    latest: VersionSummary.optional().meta({ description: 'newest published version' }),
    draft: z
      .object({ at: Instant, by: z.string() })
      .optional()
      .meta({ description: 'set while there are changes that no version has' }),
    pins: z.object({ prod: Pin.optional(), dev: Pin.optional() }),
    createdAt: Instant,
    updatedAt: Instant,
    deletedAt: Instant.optional(),
    rev: z.int().min(1).meta({ description: 'counts edits; the ETag' }),
  })
  .meta({ id: 'WorkflowRecord' });
export type WorkflowRecord = z.infer<typeof WorkflowRecord>;
