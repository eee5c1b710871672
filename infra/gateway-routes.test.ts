import { describe, expect, it } from 'vitest';
import type { RouteContract } from '../shared/contracts/api/route.ts';
import { routes } from '../shared/contracts/api/routes.ts';
import { gatewayRoutes } from './gateway-routes.ts';

const made = gatewayRoutes(routes);
const table = Object.values<RouteContract>(routes);

/**
 * The route that API Gateway takes: fewest placeholders win; what takes everything below a place loses against all others,
 * and the deepest of those wins.
 */
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
  (path.includes('+}') ? 1000 - 10 * path.split('/').length : 0) + (path.match(/\{/g)?.length ?? 0);

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

  it('are one for a place below which everything belongs to one function', () => {
    const contract = (path: string, lambda: RouteContract['lambda'], role = 'viewer') =>
      ({ method: 'GET', path, lambda, role }) as RouteContract;
    const routesOf = (...contracts: RouteContract[]) =>
      gatewayRoutes(Object.fromEntries(contracts.map((each, n) => [`r${n}`, each])))
        .filter(({ method, path }) => method === 'GET' && path !== '/api/{proxy+}')
        .map(({ path }) => path);
    const logs = [contract('/api/logs/line', 'logs'), contract('/api/logs/exports/{id}', 'logs')];
    expect(routesOf(contract('/api/logs', 'logs'), ...logs)).toEqual([
      '/api/logs/{proxy+}',
      '/api/logs',
    ]);
    // Something of another function, or for everybody, lies there: nothing is taken that is not one's own.
    const other = ['/api/logs/exports/{proxy+}', '/api/logs/line'];
    const ids = contract('/api/logs/exports/x/y', 'logs');
    expect(routesOf(...logs, ids, contract('/api/logs/size', 'read'))).toEqual(other);
    expect(routesOf(...logs, ids, contract('/api/logs/size', 'logs', 'public'))).toEqual([
      ...other,
      '/api/logs/size',
    ]);
    // A placeholder that a deeper one would take stands for itself.
    const both = routesOf(
      ...[contract('/api/{of}/logs/a', 'logs'), contract('/api/{of}/logs/b', 'logs')],
      contract('/api/all/logs/a', 'read'),
    );
    expect(both).toContain('/api/all/logs/a');
  });
});
