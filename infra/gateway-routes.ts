import type { RouteContract } from '../shared/contracts/api/route.ts';

/** A route as API Gateway gets it. */
export type GatewayRoute = {
  readonly method: RouteContract['method'];
  readonly path: string;
  readonly lambda: RouteContract['lambda'];
  readonly isPublic: boolean;
};

const everything = '/api/{proxy+}';

/**
 * The routes of API Gateway for a table of routes. A stack holds 500 resources and an API 300 routes, so what reads goes
 * to the function that reads and what changes something to the one that writes by one route a method; every other route
 * of the table stands for itself and wins, because it is more specific. The functions find the route of the table by the
 * path, and refuse what is none.
 */
export const gatewayRoutes = (table: Readonly<Record<string, RouteContract>>): GatewayRoute[] => {
  const all = Object.values(table).map(
    ({ method, path, lambda, role }): GatewayRoute => ({
      method,
      path,
      lambda,
      isPublic: role === 'public',
    }),
  );
  const others = all.filter((route) => !isCaught(route));
  return [
    { method: 'GET', path: everything, lambda: 'read', isPublic: false },
    ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).map(
      (method): GatewayRoute => ({ method, path: everything, lambda: 'write', isPublic: false }),
    ),
    // One that a placeholder of another function's route would take must stand for itself, too.
    ...all.filter((route) => !isCaught(route) || others.some((other) => meet(route, other))),
  ];
};

const isCaught = ({ method, path, lambda, isPublic }: GatewayRoute): boolean =>
  path.startsWith('/api/') && !isPublic && lambda === (method === 'GET' ? 'read' : 'write');

/** Whether one request could be meant for both. */
const meet = (a: GatewayRoute, b: GatewayRoute): boolean => {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  return (
    a.method === b.method &&
    left.length === right.length &&
    left.every((part, n) => {
      const other = right[n] ?? '';
      return part === other || part.startsWith('{') || other.startsWith('{');
    })
  );
};
