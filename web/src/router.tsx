import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import * as z from 'zod';
import { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Clock } from './api/clock.ts';
import type { RuntimeConfig } from './api/runtime-config.ts';
import type { Session } from './api/session.ts';
import { CallbackPage } from './pages/callback-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { AuditSearch } from './pages/search/audit-search.ts';
import { BackfillsSearch } from './pages/search/backfills-search.ts';
import { InstancesSearch } from './pages/search/instances-search.ts';
import { LogsSearch } from './pages/search/logs-search.ts';
import { MonitoringSearch } from './pages/search/monitoring-search.ts';
import {
  AlertsSearch,
  IncidentsSearch,
  NoticesSearch,
  PushesSearch,
  TemplatesSearch,
} from './pages/search/notify-search.ts';
import { OperationsSearch } from './pages/search/operations-search.ts';
import { RunsSearch } from './pages/search/runs-search.ts';
import { LedgerSearch, ScheduleSearch, TicksSearch } from './pages/search/schedule-search.ts';
import { SimulationSearch } from './pages/search/simulation-search.ts';
import { TabSearch } from './pages/search/tab-search.ts';
import { TaskSearch, TasksSearch } from './pages/search/tasks-search.ts';
import { WorkflowsSearch } from './pages/search/workflows-search.ts';
import { ShellPage } from './pages/shell/shell-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { Broken } from './ui/feedback/broken.tsx';
import { Waiting } from './ui/feedback/waiting.tsx';
import type { PlainKey } from './ui/i18n/messages.ts';

export type RouterContext = {
  readonly session: Session;
  readonly config: RuntimeConfig;
  readonly clock: Clock;
};

const text = z.string().optional().catch(undefined);

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: Broken,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ returnTo: text, expired: text }),
  component: SignInPage,
});

const callback = createRoute({
  getParentRoute: () => root,
  path: '/callback',
  component: CallbackPage,
});

/** Everything behind the sign-in. Environment and project go along from page to page in the address. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'in',
  validateSearch: z.object({ env: Env.optional().catch(undefined), project: text }),
  search: { middlewares: [retainSearchParams(['env', 'project'])] },
  beforeLoad: async ({ context: { session }, location }) => {
    if (session.person()) return;
    if (!session.wasSignedIn())
      throw redirect({ to: '/sign-in', search: { returnTo: location.href } });
    await session.signIn(location.href);
    // The browser is leaving for the issuer: nothing may be drawn meanwhile.
    await new Promise(() => {});
  },
  component: ShellPage,
  errorComponent: Broken,
  notFoundComponent: NotFoundPage,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  staticData: { title: 'nav.home' },
  component: lazyRouteComponent(() => import('./pages/home-page.tsx'), 'HomePage'),
});

const workflows = createRoute({
  getParentRoute: () => inside,
  path: '/workflows',
  validateSearch: WorkflowsSearch,
  staticData: { title: 'nav.workflows' },
  component: lazyRouteComponent(() => import('./pages/workflows-page.tsx'), 'WorkflowsPage'),
});

const workflow = createRoute({
  getParentRoute: () => inside,
  path: '/workflows/$project/$workflow',
  validateSearch: TabSearch.extend({ up: text, down: text }),
  staticData: { title: 'nav.workflows', parent: '/workflows', param: 'workflow' },
  component: lazyRouteComponent(() => import('./pages/workflow-page.tsx'), 'WorkflowPage'),
});

const autoTasks = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/auto',
  validateSearch: TasksSearch,
  staticData: { title: 'nav.auto-tasks' },
  component: lazyRouteComponent(() => import('./pages/auto-tasks-page.tsx'), 'AutoTasksPage'),
});

const manualTasks = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/manual',
  validateSearch: TasksSearch,
  staticData: { title: 'nav.manual-tasks' },
  component: lazyRouteComponent(() => import('./pages/manual-tasks-page.tsx'), 'ManualTasksPage'),
});

const task = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/$project/$workflow/$task',
  validateSearch: TaskSearch,
  staticData: { title: 'nav.auto-tasks', parent: '/tasks/auto', param: 'task' },
  component: lazyRouteComponent(() => import('./pages/task-page.tsx'), 'TaskPage'),
});

const runs = createRoute({
  getParentRoute: () => inside,
  path: '/runs',
  validateSearch: RunsSearch,
  staticData: { title: 'nav.runs' },
  component: lazyRouteComponent(() => import('./pages/runs-page.tsx'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/runs/$run',
  validateSearch: TabSearch,
  staticData: { title: 'nav.runs', parent: '/runs', param: 'run' },
  component: lazyRouteComponent(() => import('./pages/run-page.tsx'), 'RunPage'),
});

const logs = createRoute({
  getParentRoute: () => inside,
  path: '/logs',
  validateSearch: LogsSearch,
  staticData: { title: 'nav.logs' },
  component: lazyRouteComponent(() => import('./pages/logs-page.tsx'), 'LogsPage'),
});

const monitoring = createRoute({
  getParentRoute: () => inside,
  path: '/monitoring',
  validateSearch: MonitoringSearch,
  staticData: { title: 'nav.monitoring' },
  component: lazyRouteComponent(() => import('./pages/monitoring-page.tsx'), 'MonitoringPage'),
});

const schedule = createRoute({
  getParentRoute: () => inside,
  path: '/schedule',
  validateSearch: ScheduleSearch,
  staticData: { title: 'nav.schedule' },
  component: lazyRouteComponent(() => import('./pages/schedule-page.tsx'), 'SchedulePage'),
});

const chooseScheduled = createRoute({
  getParentRoute: () => inside,
  path: '/schedule/workflow',
  staticData: { title: 'nav.ticks' },
  component: lazyRouteComponent(
    () => import('./pages/scheduled-workflow-page.tsx'),
    'ChooseScheduledPage',
  ),
});

const scheduledWorkflow = createRoute({
  getParentRoute: () => inside,
  path: '/schedule/$project/$workflow',
  validateSearch: TicksSearch,
  staticData: { title: 'nav.ticks', parent: '/schedule/workflow', param: 'workflow' },
  component: lazyRouteComponent(
    () => import('./pages/scheduled-workflow-page.tsx'),
    'ScheduledWorkflowPage',
  ),
});

const ledger = createRoute({
  getParentRoute: () => inside,
  path: '/ledger',
  validateSearch: LedgerSearch,
  staticData: { title: 'nav.ledger' },
  component: lazyRouteComponent(() => import('./pages/ledger-page.tsx'), 'LedgerPage'),
});

const instances = createRoute({
  getParentRoute: () => inside,
  path: '/instances',
  validateSearch: InstancesSearch,
  staticData: { title: 'nav.recurring' },
  component: lazyRouteComponent(
    () => import('./pages/recurring-instances-page.tsx'),
    'RecurringInstancesPage',
  ),
});

const manualInstances = createRoute({
  getParentRoute: () => inside,
  path: '/instances/manual',
  validateSearch: InstancesSearch,
  staticData: { title: 'nav.manual' },
  component: lazyRouteComponent(
    () => import('./pages/manual-instances-page.tsx'),
    'ManualInstancesPage',
  ),
});

const instance = createRoute({
  getParentRoute: () => inside,
  path: '/instances/$instance',
  validateSearch: TabSearch.extend({ attempt: text, up: text, down: text }),
  staticData: { title: 'nav.recurring', parent: '/instances', param: 'instance' },
  component: lazyRouteComponent(() => import('./pages/instance-page.tsx'), 'InstancePage'),
});

const backfills = createRoute({
  getParentRoute: () => inside,
  path: '/backfills',
  validateSearch: BackfillsSearch,
  staticData: { title: 'nav.backfills' },
  component: lazyRouteComponent(() => import('./pages/backfills-page.tsx'), 'BackfillsPage'),
});

const newBackfill = createRoute({
  getParentRoute: () => inside,
  path: '/backfills/new',
  validateSearch: z.object({ root: text }),
  staticData: { title: 'nav.backfills', parent: '/backfills' },
  component: lazyRouteComponent(() => import('./pages/new-backfill-page.tsx'), 'NewBackfillPage'),
});

const backfill = createRoute({
  getParentRoute: () => inside,
  path: '/backfills/$project/$backfill',
  staticData: { title: 'nav.backfills', parent: '/backfills', param: 'backfill' },
  component: lazyRouteComponent(() => import('./pages/backfill-page.tsx'), 'BackfillPage'),
});

const throttling = createRoute({
  getParentRoute: () => inside,
  path: '/system/throttling',
  validateSearch: z.object({ pool: text, text }),
  staticData: { title: 'nav.throttling' },
  component: lazyRouteComponent(() => import('./pages/throttling-page.tsx'), 'ThrottlingPage'),
});

const runtimeSettings = createRoute({
  getParentRoute: () => inside,
  path: '/system/runtime',
  validateSearch: z.object({ of: text }),
  staticData: { title: 'nav.runtime' },
  component: lazyRouteComponent(
    () => import('./pages/runtime-settings-page.tsx'),
    'RuntimeSettingsPage',
  ),
});

const calendars = createRoute({
  getParentRoute: () => inside,
  path: '/system/calendars',
  validateSearch: z.object({ calendar: text }),
  staticData: { title: 'nav.calendars' },
  component: lazyRouteComponent(() => import('./pages/calendars-page.tsx'), 'CalendarsPage'),
});

const contacts = createRoute({
  getParentRoute: () => inside,
  path: '/system/contacts',
  validateSearch: z.object({ text }),
  staticData: { title: 'nav.contacts' },
  component: lazyRouteComponent(() => import('./pages/contacts-page.tsx'), 'ContactsPage'),
});

const access = createRoute({
  getParentRoute: () => inside,
  path: '/system/access',
  validateSearch: z.object({ of: text, text, mine: z.enum(['yes']).optional().catch(undefined) }),
  staticData: { title: 'nav.access' },
  component: lazyRouteComponent(() => import('./pages/access-page.tsx'), 'AccessPage'),
});

const pools = createRoute({
  getParentRoute: () => inside,
  path: '/system/pools',
  validateSearch: z.object({ pool: text, text }),
  staticData: { title: 'nav.pools' },
  component: lazyRouteComponent(() => import('./pages/pools-page.tsx'), 'PoolsPage'),
});

const health = createRoute({
  getParentRoute: () => inside,
  path: '/system/health',
  staticData: { title: 'nav.health' },
  component: lazyRouteComponent(() => import('./pages/health-page.tsx'), 'HealthPage'),
});

const events = createRoute({
  getParentRoute: () => inside,
  path: '/system/events',
  validateSearch: z.object({
    tab: z.enum(['out', 'in', 'letters']).optional().catch(undefined),
    find: text,
  }),
  staticData: { title: 'nav.events' },
  component: lazyRouteComponent(() => import('./pages/events-page.tsx'), 'EventsPage'),
});

const simulation = createRoute({
  getParentRoute: () => inside,
  path: '/simulation',
  validateSearch: SimulationSearch,
  staticData: { title: 'nav.simulation' },
  component: lazyRouteComponent(() => import('./pages/simulation-page.tsx'), 'SimulationPage'),
});

const operations = createRoute({
  getParentRoute: () => inside,
  path: '/operations',
  validateSearch: OperationsSearch,
  staticData: { title: 'nav.bulk' },
  component: lazyRouteComponent(() => import('./pages/operations-page.tsx'), 'OperationsPage'),
});

const operation = createRoute({
  getParentRoute: () => inside,
  path: '/operations/$operation',
  validateSearch: z.object({ result: text }),
  staticData: { title: 'nav.bulk', parent: '/operations', param: 'operation' },
  component: lazyRouteComponent(() => import('./pages/operation-page.tsx'), 'OperationPage'),
});

const holds = createRoute({
  getParentRoute: () => inside,
  path: '/holds',
  validateSearch: z.object({ hold: text }),
  staticData: { title: 'nav.holds' },
  component: lazyRouteComponent(() => import('./pages/holds-page.tsx'), 'HoldsPage'),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: '/audit',
  validateSearch: AuditSearch,
  staticData: { title: 'nav.audit' },
  component: lazyRouteComponent(() => import('./pages/audit-page.tsx'), 'AuditPage'),
});

const handover = createRoute({
  getParentRoute: () => inside,
  path: '/handover',
  validateSearch: z.object({ show: text }),
  staticData: { title: 'nav.handover' },
  component: lazyRouteComponent(() => import('./pages/handover-page.tsx'), 'HandoverPage'),
});

/** An address that leads nowhere still has the navigation around it. */
const nowhere = createRoute({
  getParentRoute: () => inside,
  path: '$',
  component: NotFoundPage,
});

const incidents = createRoute({
  getParentRoute: () => inside,
  path: '/incidents',
  validateSearch: IncidentsSearch,
  staticData: { title: 'nav.incidents' },
  component: lazyRouteComponent(() => import('./pages/incidents-page.tsx'), 'IncidentsPage'),
});

const incident = createRoute({
  getParentRoute: () => inside,
  path: '/incidents/$incident',
  staticData: { title: 'nav.incidents', parent: '/incidents', param: 'incident' },
  component: lazyRouteComponent(() => import('./pages/incident-page.tsx'), 'IncidentPage'),
});

const alertRules = createRoute({
  getParentRoute: () => inside,
  path: '/alerts/rules',
  staticData: { title: 'nav.alert-rules' },
  component: lazyRouteComponent(() => import('./pages/alert-rules-page.tsx'), 'AlertRulesPage'),
});

const alertEvents = createRoute({
  getParentRoute: () => inside,
  path: '/alerts/events',
  validateSearch: AlertsSearch,
  staticData: { title: 'nav.alert-events' },
  component: lazyRouteComponent(() => import('./pages/alerts-page.tsx'), 'AlertsPage'),
});

const pushes = createRoute({
  getParentRoute: () => inside,
  path: '/alerts/pushes',
  validateSearch: PushesSearch,
  staticData: { title: 'nav.pushes' },
  component: lazyRouteComponent(() => import('./pages/pushes-page.tsx'), 'PushesPage'),
});

const notificationRules = createRoute({
  getParentRoute: () => inside,
  path: '/notifications/rules',
  staticData: { title: 'nav.notification-rules' },
  component: lazyRouteComponent(
    () => import('./pages/notification-rules-page.tsx'),
    'NotificationRulesPage',
  ),
});

const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notifications/sent',
  validateSearch: NoticesSearch,
  staticData: { title: 'nav.notices' },
  component: lazyRouteComponent(() => import('./pages/notices-page.tsx'), 'NoticesPage'),
});

const rooms = createRoute({
  getParentRoute: () => inside,
  path: '/system/rooms',
  staticData: { title: 'nav.rooms' },
  component: lazyRouteComponent(() => import('./pages/rooms-page.tsx'), 'RoomsPage'),
});

const templates = createRoute({
  getParentRoute: () => inside,
  path: '/system/templates',
  validateSearch: TemplatesSearch,
  staticData: { title: 'nav.templates' },
  component: lazyRouteComponent(() => import('./pages/templates-page.tsx'), 'TemplatesPage'),
});

const duty = createRoute({
  getParentRoute: () => inside,
  path: '/system/duty',
  validateSearch: z.object({ text }),
  staticData: { title: 'nav.duty' },
  component: lazyRouteComponent(() => import('./pages/duty-page.tsx'), 'DutyPage'),
});

const act = createRoute({
  getParentRoute: () => inside,
  path: '/act',
  validateSearch: z.object({ link: text }),
  staticData: { title: 'act.title' },
  component: lazyRouteComponent(() => import('./pages/act-page.tsx'), 'ActPage'),
});

const routeTree = root.addChildren([
  signIn,
  callback,
  inside.addChildren([
    home,
    workflows,
    workflow,
    autoTasks,
    manualTasks,
    task,
    runs,
    run,
    logs,
    incidents,
    incident,
    alertRules,
    alertEvents,
    pushes,
    notificationRules,
    notices,
    rooms,
    templates,
    duty,
    act,
    monitoring,
    schedule,
    chooseScheduled,
    scheduledWorkflow,
    ledger,
    instances,
    manualInstances,
    backfills,
    newBackfill,
    backfill,
    instance,
    throttling,
    pools,
    runtimeSettings,
    calendars,
    contacts,
    access,
    health,
    events,
    simulation,
    operations,
    operation,
    holds,
    audit,
    handover,
    nowhere,
  ]),
]);

export const createConsoleRouter = (context: RouterContext) =>
  createRouter({
    routeTree,
    context,
    // Plain texts in the address: people read, type and share them.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter(
        ([, value]) => value !== undefined && value !== '',
      );
      const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
      return given.length > 0 ? `?${query}` : '';
    },
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
  interface StaticDataRouteOption {
    /** Name of the page in navigation, breadcrumbs and window title. */
    readonly title?: PlainKey;
    /** The list that a detail page belongs to, and the parameter that names the object. */
    readonly parent?:
      | '/workflows'
      | '/runs'
      | '/instances'
      | '/tasks/auto'
      | '/schedule/workflow'
      | '/operations'
      | '/backfills'
      | '/incidents';
    readonly param?: string;
  }
}
