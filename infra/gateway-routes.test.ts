import { describe, expect, it } from 'vitest';
import type { RouteContract } from '../shared/contracts/api/route.ts';
import { routes } from '../shared/contracts/api/routes.ts';
import { gatewayRoutes } from './gateway-routes.ts';

const made = gatewayRoutes(routes);
const table = Object.values<RouteContract>(routes);

/** The route that API Gateway takes: fewest placeholders win, what takes everything loses against all. */
const taken = (method: string, path: string) =>
  made
    .filter((route) => route.method === method && patternOf(route.path).test(path))
    .toSorted((a, b) => rankOf(a.path) - rankOf(b.path))[0];
const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replaceAll('.', '\\.')
      .replace(/\{\w+\+\}/g, '.+')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  );
const rankOf = (path: string): number =>
  (path.includes('+}') ? 100 : 0) + (path.match(/\{/g)?.length ?? 0);

describe('the routes of API Gateway', () => {
  it('lead every request of the table to the function of its route', () => {
    expect(table.length).toBeGreaterThan(100);
    for (const { method, path, lambda, role } of table) {
      const found = taken(method, path.replaceAll(/\{\w+\}/g, 'x'));
      expect([method, path, found?.lambda, found?.isPublic]).toEqual([
        method,
        path,
        lambda,
        role === 'public',
      ]);
    }
  });

  it('keep a route of its own where the placeholder of another function would take it', () => {
    const contract = (path: string, lambda: RouteContract['lambda']) =>
      ({ method: 'GET', path, lambda, role: 'viewer' }) as RouteContract;
    const paths = gatewayRoutes({
      one: contract('/api/things/{thing}', 'plan'),
      two: contract('/api/things/all', 'read'),
      three: contract('/api/others/all', 'read'),
    }).map(({ path }) => path);
    expect(paths).toContain('/api/things/all');
    expect(paths).not.toContain('/api/others/all');
  });
});
