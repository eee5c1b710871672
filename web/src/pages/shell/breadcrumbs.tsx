import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { useMatches } from '@tanstack/react-router';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { type Target, useGo } from '../../ui/link.tsx';

/** Home › list › object, from what the route says about itself. */
export const Breadcrumbs = () => {
  const t = useT();
  const { hrefOf, go } = useGo();
  const match = useMatches().at(-1);
  const { title, parent, param } = match?.staticData ?? {};
  const params: Readonly<Record<string, string | undefined>> = match?.params ?? {};
  if (!title || match?.pathname === '/') return null;

  const list: Target = { to: parent ?? '/' };
  const items = [
    { text: t('nav.home'), href: hrefOf({ to: '/' }), target: { to: '/' } as Target },
    ...(parent ? [{ text: t(title), href: hrefOf(list), target: list }] : []),
    { text: param ? shortName(params[param] ?? '') : t(title), href: '#', target: undefined },
  ];

  return (
    <BreadcrumbGroup
      ariaLabel={t('shell.breadcrumbs')}
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        if (event.detail.item.target) go(event.detail.item.target);
      }}
    />
  );
};

/** Ids of runs and instances without environment and project, which stand elsewhere on the page. */
const shortName = (id: string): string => id.split('~').slice(-4).join(' · ');
