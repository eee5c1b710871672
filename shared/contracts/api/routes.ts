import { catalogRoutes } from './catalog-routes.ts';
import { instanceRoutes } from './instance-routes.ts';
import { poolRoutes } from './pool-routes.ts';
import { projectRoutes } from './project-routes.ts';
import type { RouteContract } from './route.ts';
import { runRoutes } from './run-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { workflowRoutes } from './workflow-routes.ts';

/** The HTTP API. A name is the operation id. */
export const routes = {
  ...projectRoutes,
  ...workflowRoutes,
  ...taskRoutes,
  ...instanceRoutes,
  ...runRoutes,
  ...poolRoutes,
  ...catalogRoutes,
  ...systemRoutes,
} as const satisfies Record<string, RouteContract>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;

/** The names that one Lambda serves. */
export type RouteNameOf<L extends RouteContract['lambda']> = {
  [N in RouteName]: Routes[N]['lambda'] extends L ? N : never;
}[RouteName];
