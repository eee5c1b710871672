import SideNavigation from '@cloudscape-design/components/side-navigation';
import { useLocation } from '@tanstack/react-router';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type Target, useGo } from '../../ui/link.tsx';

const paths = [
  '/',
  '/workflows',
  '/runs',
  '/instances',
  '/instances/manual',
  '/system/pools',
  '/system/health',
] as const;

/** The page of the navigation that the address belongs to: the longest path that it begins with. */
const activePath = (pathname: string): (typeof paths)[number] =>
  paths.findLast((path) => path !== '/' && pathname.startsWith(path)) ?? '/';

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
    runs: link(t('nav.runs'), '/runs'),
    recurring: link(t('nav.recurring'), '/instances'),
    manual: link(t('nav.manual'), '/instances/manual'),
    pools: link(t('nav.pools'), '/system/pools'),
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
          text: t('nav.instances'),
          items: [links.runs, links.recurring, links.manual],
        },
        { type: 'section', text: t('nav.system'), items: [links.pools, links.health] },
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
