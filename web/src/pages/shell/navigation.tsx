import SideNavigation from '@cloudscape-design/components/side-navigation';
import { useLocation } from '@tanstack/react-router';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type Target, useGo } from '../../ui/link.tsx';

const paths = [
  '/',
  '/workflows',
  '/simulation',
  '/tasks/auto',
  '/tasks/manual',
  '/runs',
  '/schedule',
  '/schedule/workflow',
  '/ledger',
  '/instances',
  '/instances/manual',
  '/backfills',
  '/logs',
  '/monitoring',
  '/incidents',
  '/alerts/rules',
  '/alerts/events',
  '/alerts/pushes',
  '/notifications/rules',
  '/notifications/sent',
  '/handover',
  '/operations',
  '/holds',
  '/audit',
  '/system/throttling',
  '/system/pools',
  '/system/runtime',
  '/system/calendars',
  '/system/contacts',
  '/system/rooms',
  '/system/templates',
  '/system/duty',
  '/system/access',
  '/system/events',
  '/system/health',
] as const;

/** The page of the navigation that the address belongs to: the longest path that it begins with. */
const activePath = (pathname: string): (typeof paths)[number] =>
  pathname.startsWith('/schedule/')
    ? '/schedule/workflow'
    : (paths.findLast((path) => path !== '/' && pathname.startsWith(path)) ??
      (pathname.startsWith('/tasks/') ? '/tasks/auto' : '/'));

export const Navigation = () => {
  const t = useT();
  const { hrefOf, go } = useGo();
  const { pathname } = useLocation();

  // Filters belong to the page they were set on: the navigation opens pages without them.
  const link = (text: string, to: (typeof paths)[number]) => ({
    type: 'link' as const,
    text,
    href: hrefOf({ to }),
    info: undefined,
    to,
  });
  const links = {
    home: link(t('nav.home'), '/'),
    workflows: link(t('nav.workflows'), '/workflows'),
    simulation: link(t('nav.simulation'), '/simulation'),
    autoTasks: link(t('nav.auto-tasks'), '/tasks/auto'),
    manualTasks: link(t('nav.manual-tasks'), '/tasks/manual'),
    runs: link(t('nav.runs'), '/runs'),
    schedule: link(t('nav.schedule'), '/schedule'),
    ticks: link(t('nav.ticks'), '/schedule/workflow'),
    ledger: link(t('nav.ledger'), '/ledger'),
    recurring: link(t('nav.recurring'), '/instances'),
    manual: link(t('nav.manual'), '/instances/manual'),
    backfills: link(t('nav.backfills'), '/backfills'),
    logs: link(t('nav.logs'), '/logs'),
    monitoring: link(t('nav.monitoring'), '/monitoring'),
    incidents: link(t('nav.incidents'), '/incidents'),
    alertRules: link(t('nav.alert-rules'), '/alerts/rules'),
    alertEvents: link(t('nav.alert-events'), '/alerts/events'),
    pushes: link(t('nav.pushes'), '/alerts/pushes'),
    notificationRules: link(t('nav.notification-rules'), '/notifications/rules'),
    notices: link(t('nav.notices'), '/notifications/sent'),
    rooms: link(t('nav.rooms'), '/system/rooms'),
    templates: link(t('nav.templates'), '/system/templates'),
    duty: link(t('nav.duty'), '/system/duty'),
    handover: link(t('nav.handover'), '/handover'),
    bulk: link(t('nav.bulk'), '/operations'),
    holds: link(t('nav.holds'), '/holds'),
    audit: link(t('nav.audit'), '/audit'),
    throttling: link(t('nav.throttling'), '/system/throttling'),
    pools: link(t('nav.pools'), '/system/pools'),
    runtime: link(t('nav.runtime'), '/system/runtime'),
    calendars: link(t('nav.calendars'), '/system/calendars'),
    contacts: link(t('nav.contacts'), '/system/contacts'),
    access: link(t('nav.access'), '/system/access'),
    events: link(t('nav.events'), '/system/events'),
    health: link(t('nav.health'), '/system/health'),
  };

  return (
    <SideNavigation
      activeHref={hrefOf({ to: activePath(pathname) })}
      items={[
        links.home,
        links.workflows,
        {
          type: 'section',
          text: t('nav.tasks'),
          items: [links.autoTasks, links.manualTasks, links.simulation],
        },
        {
          type: 'section',
          text: t('nav.instances'),
          items: [
            links.runs,
            links.recurring,
            links.manual,
            links.backfills,
            links.schedule,
            links.ticks,
            links.ledger,
          ],
        },
        links.logs,
        links.monitoring,
        {
          type: 'section',
          text: t('nav.monitoring-section'),
          items: [
            links.incidents,
            links.alertEvents,
            links.alertRules,
            links.notificationRules,
            links.notices,
            links.pushes,
          ],
        },
        {
          type: 'section',
          text: t('nav.operations'),
          items: [links.handover, links.bulk, links.holds, links.audit],
        },
        {
          type: 'section',
          text: t('nav.system'),
          items: [
            links.throttling,
            links.pools,
            links.runtime,
            links.calendars,
            links.contacts,
            links.rooms,
            links.templates,
            links.duty,
            links.access,
            links.events,
            links.health,
          ],
        },
      ]}
      onFollow={(event) => {
        const target = Object.values(links).find(({ href }) => href === event.detail.href);
        if (!target) return;
        event.preventDefault();
        go({ to: target.to } satisfies Target);
      }}
    />
  );
};
