import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant, Zone } from '../kernel/time.schema.ts';
import { DstPolicy } from '../schedule/schedule.schema.ts';
import { SettingsOverrides } from './runtime-settings.schema.ts';

/** What a member may do in a project (spec/README decision 17). */
export const Role = z.enum(['viewer', 'operator', 'developer', 'admin']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

const Member = z.object({ user: z.string().min(1).max(128), role: Role }).meta({ id: 'Member' });

/** A host that `http` tasks may reach although its address is private: a name or address, with or without a port. */
const AllowedHost = z
  .string()
  .max(260)
  .regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d{1,5})?$/, {
    error: 'must be host or host:port, for example 127.0.0.1:9000 or [::1]:9000',
  })
  .meta({ id: 'AllowedHost', example: '127.0.0.1:9000' });

/** A namespace with members, a time zone, a DST policy and a mode (design.md §1). */
export const Project = z
  .object({
    name: Key,
    title: z.string().max(128).optional(),
    description: z.string().max(1024).optional(),
    zone: Zone.default('UTC'),
    dst: DstPolicy.default('shift'),
    mode: z
      .enum(['basic', 'dev-prod'])
      .default('basic')
      .meta({ description: 'one environment, or development beside production' }),
    floorMinutes: z
      .union([z.literal(5), z.literal(1)])
      .default(5)
      .meta({ description: 'smallest distance of two fires of a schedule' }),
    allowHosts: z.array(AllowedHost).max(100).default([]),
    settings: SettingsOverrides.default({}),
    members: z.array(Member).max(1000).default([]),
    createdAt: Instant,
    updatedAt: Instant,
    rev: z.int().min(1).meta({ description: 'counts edits; the ETag' }),
  })
  .meta({ id: 'Project' });
export type Project = z.infer<typeof Project>;
