import * as z from 'zod';
import { Project, Role } from '../../domain/project/project.schema.ts';
import {
  RuntimeSettings,
  SettingsOverrides,
} from '../../domain/project/runtime-settings.schema.ts';
import { comment, none, pageOf, paging, projectParams } from './common.ts';
import type { RouteContract } from './route.ts';

const { name, title, description, zone, dst, mode, floorMinutes, allowHosts, members } =
  Project.shape;

const ProjectCreate = z
  .object({ name, title, description, zone, dst, mode, floorMinutes, allowHosts, members })
  .meta({ id: 'ProjectCreate' });

/** What is left out stays. `mode` is chosen at creation; members and settings have calls of their own. */
const ProjectPatch = z
  .strictObject({
    title,
    description,
    zone: zone.unwrap().optional(),
    dst: dst.unwrap().optional(),
    floorMinutes: floorMinutes.unwrap().optional(),
    allowHosts: allowHosts.unwrap().optional(),
  })
  .meta({ id: 'ProjectPatch' });

const Source = z.enum(['default', 'system', 'project']);

const explained = <T extends z.ZodType>(value: T) =>
  z.object({
    value: value.meta({ description: 'what holds' }),
    source: Source.meta({ description: 'who set it' }),
    inherited: value.meta({ description: 'what holds when this level says nothing' }),
    inheritedFrom: Source,
  });
const Quantity = explained(z.number());

const SettingsView = z
  .object({
    overrides: SettingsOverrides,
    effective: RuntimeSettings,
    explained: z.object({
      timeoutOneTimeRunSeconds: Quantity,
      timeoutRecurringSeconds: Quantity,
      timeoutManualSeconds: Quantity,
      retryCount: Quantity,
      retryIntervalSeconds: Quantity,
      retryOnTimeout: explained(z.boolean()),
    }),
    rev: z.int().min(0).meta({ description: '0: never set' }),
  })
  .meta({ id: 'SettingsView' });

const editMembers = {
  path: '/api/projects/{project}/members/{user}',
  tag: 'projects',
  role: 'admin',
  project: 'params',
  lambda: 'write',
  idempotency: 'optional',
  ifMatch: true,
  params: projectParams.extend({ user: z.string().trim().min(1).max(128) }),
  query: none,
  reply: Project,
  status: 200,
} as const;

export const projectRoutes = {
  listProjects: {
    method: 'GET',
    path: '/api/projects',
    summary: 'The projects that the caller may see',
    tag: 'projects',
    role: 'member',
    project: 'each',
    lambda: 'read',
    params: none,
    query: z.object(paging),
    reply: pageOf(Project),
    status: 200,
    problems: ['invalid-cursor'],
  },
  createProject: {
    method: 'POST',
    path: '/api/projects',
    summary: 'Create a project',
    tag: 'projects',
    role: 'admin',
    project: 'system',
    lambda: 'write',
    idempotency: 'optional',
    params: none,
    query: none,
    body: ProjectCreate,
    reply: Project,
    status: 201,
    problems: ['already-exists'],
  },
  getProject: {
    method: 'GET',
    path: '/api/projects/{project}',
    summary: 'One project',
    tag: 'projects',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: projectParams,
    query: none,
    reply: Project,
    status: 200,
    problems: ['project-not-found'],
  },
  updateProject: {
    method: 'PATCH',
    path: '/api/projects/{project}',
    summary: 'Change a project: zone, DST policy, allowed hosts',
    tag: 'projects',
    role: 'admin',
    project: 'params',
    lambda: 'write',
    idempotency: 'optional',
    ifMatch: true,
    params: projectParams,
    query: none,
    body: ProjectPatch,
    reply: Project,
    status: 200,
    problems: ['project-not-found'],
  },
  putMember: {
    ...editMembers,
    method: 'PUT',
    summary: 'Add a member to a project, or change its role',
    body: z.object({ role: Role, comment }),
    problems: ['project-not-found', 'last-admin', 'too-many-members'],
  },
  removeMember: {
    ...editMembers,
    method: 'DELETE',
    summary: 'Take a member out of a project',
    problems: ['project-not-found', 'member-not-found', 'last-admin'],
  },
  getProjectSettings: {
    method: 'GET',
    path: '/api/projects/{project}/settings',
    summary: 'Runtime settings of a project: what it sets and what holds',
    tag: 'settings',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: projectParams,
    query: none,
    reply: SettingsView,
    status: 200,
    problems: ['project-not-found'],
  },
  putProjectSettings: {
    method: 'PUT',
    path: '/api/projects/{project}/settings',
    summary: 'Replace what a project sets; a setting that is left out is inherited again',
    tag: 'settings',
    role: 'admin',
    project: 'system',
    lambda: 'write',
    idempotency: 'optional',
    ifMatch: true,
    params: projectParams,
    query: none,
    body: SettingsOverrides,
    reply: SettingsView,
    status: 200,
    problems: ['project-not-found'],
  },
  getSettings: {
    method: 'GET',
    path: '/api/settings',
    summary: 'Runtime settings of the whole installation',
    tag: 'settings',
    role: 'member',
    project: 'system',
    lambda: 'read',
    params: none,
    query: none,
    reply: SettingsView,
    status: 200,
    problems: [],
  },
  putSettings: {
    method: 'PUT',
    path: '/api/settings',
    summary: 'Replace the runtime settings of the whole installation',
    tag: 'settings',
    role: 'admin',
    project: 'system',
    lambda: 'write',
    idempotency: 'optional',
    ifMatch: true,
    params: none,
    query: none,
    body: SettingsOverrides,
    reply: SettingsView,
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
