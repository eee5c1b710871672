import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { problemStatus } from './problem.ts';
import type { RouteContract } from './route.ts';
import { routes } from './routes.ts';

const table = Object.entries<RouteContract>(routes);
const looking: readonly string[] = ['describe', 'read', 'plan', 'logs', 'messages'];

describe('the route table', () => {
  it('serves each method of a path once', () => {
    const keys = table.map(([, { method, path }]) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([]);
  });

  it.each(table)('%s names in its path exactly its parameters', (_name, { path, params }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(inPath.toSorted()).toEqual(Object.keys(params.shape).toSorted());
  });

  it.each(table)(
    '%s finds its project where it says',
    (_name, { project, params, query, body }) => {
      const parts: Readonly<Record<string, z.ZodType | undefined>> = { params, query, body };
      if (project in parts)
        expect(
          z.toJSONSchema(parts[project] ?? z.object(), { io: 'input', unrepresentable: 'any' }),
        ).toHaveProperty('properties.project');
      if (project === 'instance' || project === 'run' || project === 'request')
        expect(params.shape).toHaveProperty(project);
    },
  );

  it.each(table)('%s lets viewers look and nobody but its Lambda write', (name, route) => {
    const { method, lambda, role, idempotency, ifMatch, path } = route;
    if (method === 'GET') {
      expect({ idempotency, ifMatch }).toEqual({});
      expect([...looking, 'ops']).toContain(lambda);
    }
    // A link is opened by a body: its token must stand in no address, so in no access log.
    if (looking.includes(lambda) && method !== 'GET' && name !== 'openActionLink')
      expect(path).toMatch(/preview$|simulat/);
    if (role === 'public') expect(path).toBe('/openapi.json');
    if (lambda === 'write' || lambda === 'tell') expect(idempotency).toBeDefined();
  });

  it.each(table)('%s lists problems that are known, each once', (_name, { problems }) => {
    expect(problems.filter((code) => problemStatus[code] === undefined)).toEqual([]);
    expect(new Set(problems).size).toBe(problems.length);
  });

  it('asks for a key wherever a repetition would start something again', () => {
    const required = table.filter(([, { idempotency }]) => idempotency === 'required');
    expect(required.map(([name]) => name).toSorted()).toEqual([
      'addHandoverNote',
      'batchInstances',
      'batchRuns',
      'batchTasks',
      'batchWorkflows',
      'copyNotificationRule',
      'createAlertRules',
      'createBackfill',
      'createHold',
      'createNotificationRule',
      'exportLogs',
      'freezeEverything',
      'noteIncident',
      'planOperation',
      'requestGeneration',
      'rerunRun',
      'retryOperation',
      'retryRun',
      'rotateActionLinkKey',
      'runBackfill',
      'runTask',
      'saveSearch',
      'spendActionLink',
      'startWorkflow',
      'testAlertRule',
      'testNotificationRule',
      'testRunTask',
      'undoOperation',
    ]);
  });

  it('asks for the revision on every edit of a stored document', () => {
    const edits = table.filter(
      ([name, { method }]) =>
        (method === 'PUT' || method === 'PATCH' || method === 'DELETE') &&
        // A draft is saved as it is typed, and a saved search is dropped, not edited.
        name !== 'saveDraft' &&
        name !== 'deleteSavedSearch',
    );
    expect(edits.filter(([, { ifMatch }]) => !ifMatch).map(([name]) => name)).toEqual([]);
  });
});
