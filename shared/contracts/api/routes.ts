import { actionLinkRoutes } from './action-link-routes.ts';
import { alertEventRoutes } from './alert-event-routes.ts';
import { alertRuleRoutes } from './alert-rule-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { backfillRoutes } from './backfill-routes.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { dutyRoutes } from './duty-routes.ts';
import { handoverRoutes } from './handover-routes.ts';
import { holdRoutes } from './hold-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { instanceRoutes } from './instance-routes.ts';
import { logExportRoutes } from './log-export-routes.ts';
import { logRoutes } from './log-routes.ts';
import { messageTemplateRoutes } from './message-template-routes.ts';
import { monitoringRoutes } from './monitoring-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { notificationRoutes } from './notification-routes.ts';
import { operationRoutes } from './operation-routes.ts';
import { poolRoutes } from './pool-routes.ts';
import { projectRoutes } from './project-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { roomRoutes } from './room-routes.ts';
import type { RouteContract } from './route.ts';
import { runOperationRoutes } from './run-operation-routes.ts';
import { runRoutes } from './run-routes.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { simulationRoutes } from './simulation-routes.ts';
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
  ...monitoringRoutes,
  ...scheduleRoutes,
  ...runOperationRoutes,
  ...operationRoutes,
  ...poolRoutes,
  ...holdRoutes,
  ...catalogRoutes,
  ...contactRoutes,
  ...notificationRoutes,
  ...noticeRoutes,
  ...alertRuleRoutes,
  ...dutyRoutes,
  ...roomRoutes,
  ...messageTemplateRoutes,
  ...actionLinkRoutes,
  ...simulationRoutes,
  ...backfillRoutes,
  ...systemRoutes,
  ...auditRoutes,
  ...handoverRoutes,
  ...reportRoutes,
  ...deadLetterRoutes,
  ...logRoutes,
  ...logExportRoutes,
  ...incidentRoutes,
  ...alertEventRoutes,
} as const satisfies Record<string, RouteContract>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;

/** The names that one Lambda serves. */
export type RouteNameOf<L extends RouteContract['lambda']> = {
  [N in RouteName]: Routes[N]['lambda'] extends L ? N : never;
}[RouteName];
