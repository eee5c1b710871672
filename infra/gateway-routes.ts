import type { RouteContract } from '../shared/contracts/api/route.ts';

/** A route as API Gateway gets it. */
export type GatewayRoute = {
  readonly method: RouteContract['method'];
  readonly path: string;
  readonly lambda: RouteContract['lambda'];
  readonly isPublic: boolean;
};

/**
 * The routes of API Gateway for a table of routes. A stack holds 500 resources and an API 300 routes, so what reads goes
 * to the function that reads and what changes something to the one that writes by one route a method, and a path below
 * which everything belongs to another function to that one. Every other route of the table stands for itself and wins,
 * because it is more specific. The functions find the route of the table by the path, and refuse what is none.
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
  const catchers = methods.flatMap((method) => [
    catcherOf(method, '/api', usual(method)),
    ...catchersBelow(
      '/api',
      all.filter((route) => route.method === method),
    ),
  ]);
  const alone = all.filter((route) => !isCaught(route, catchers));
  return [
    ...catchers,
    // One that a placeholder of another function's route would take must stand for itself, too.
    ...all.filter(
      (route) =>
        alone.includes(route) ||
        alone.some((other) => other.lambda !== route.lambda && meet(route, other)),
    ),
  ];
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The function that a method belongs to unless something says otherwise. */
const usual = (method: GatewayRoute['method']) => (method === 'GET' ? 'read' : 'write');

const catcherOf = (
  method: GatewayRoute['method'],
  place: string,
  lambda: GatewayRoute['lambda'],
): GatewayRoute => ({ method, path: `${place}/{proxy+}`, lambda, isPublic: false });

/** One for each place below which two or more routes of one method lie, all of the same unusual function. */
const catchersBelow = (place: string, routes: readonly GatewayRoute[]): GatewayRoute[] => {
  const depth = place.split('/').length + 1;
  const inside = routes.filter(({ path }) => path.startsWith(`${place}/`));
  const places = new Set(inside.map(({ path }) => path.split('/').slice(0, depth).join('/')));
  return [...places].flatMap((each) => {
    const below = routes.filter(({ path }) => path.startsWith(`${each}/`));
    const [first] = below;
    if (!first || below.length === 1) return [];
    if (below.some(({ lambda, isPublic }) => lambda !== first.lambda || isPublic))
      return catchersBelow(each, below);
    const { method, lambda } = first;
    return lambda === usual(method) ? [] : [catcherOf(method, each, lambda)];
  });
};

/** Whether the deepest of the catch-all routes that match lead to its function. */
const isCaught = (route: GatewayRoute, catchers: readonly GatewayRoute[]): boolean => {
  const matching = catchers.filter((catcher) => meet(catcher, route));
  const deepest = Math.max(...matching.map(({ path }) => path.split('/').length));
  const taking = matching.filter(({ path }) => path.split('/').length === deepest);
  return (
    taking.length > 0 && !route.isPublic && taking.every(({ lambda }) => lambda === route.lambda)
  );
};

/** Whether one request could be meant for both; `a` may take everything below a place. */
const meet = (a: GatewayRoute, b: GatewayRoute): boolean => {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  const takesAll = left.at(-1) === '{proxy+}';
  return (
    a.method === b.method &&
    (takesAll ? left.length <= right.length : left.length === right.length) &&
    left.every((part, n) => {
      const other = right[n] ?? '';
      return part === other || part.startsWith('{') || other.startsWith('{');
    })
  );
};
