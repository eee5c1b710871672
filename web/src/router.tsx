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
import { InstancesSearch } from './pages/search/instances-search.ts';
import { RunsSearch } from './pages/search/runs-search.ts';
import { TabSearch } from './pages/search/tab-search.ts';
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
  validateSearch: TabSearch,
  staticData: { title: 'nav.workflows', parent: '/workflows', param: 'workflow' },
  component: lazyRouteComponent(() => import('./pages/workflow-page.tsx'), 'WorkflowPage'),
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

const pools = createRoute({
  getParentRoute: () => inside,
  path: '/system/pools',
  validateSearch: z.object({ pool: text }),
  staticData: { title: 'nav.pools' },
  component: lazyRouteComponent(() => import('./pages/pools-page.tsx'), 'PoolsPage'),
});

const health = createRoute({
  getParentRoute: () => inside,
  path: '/system/health',
  staticData: { title: 'nav.health' },
  component: lazyRouteComponent(() => import('./pages/health-page.tsx'), 'HealthPage'),
});

/** An address that leads nowhere still has the navigation around it. */
const nowhere = createRoute({
  getParentRoute: () => inside,
  path: '$',
  component: NotFoundPage,
});

const routeTree = root.addChildren([
  signIn,
  callback,
  inside.addChildren([
    home,
    workflows,
    workflow,
    runs,
    run,
    instances,
    manualInstances,
    instance,
    pools,
    health,
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
    readonly parent?: '/workflows' | '/runs' | '/instances';
    readonly param?: string;
  }
}
