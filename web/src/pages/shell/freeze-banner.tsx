import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { activeHoldsQuery } from '../../features/holds/holds.queries.ts';
import { useHoldText } from '../../features/holds/use-hold-text.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';

/** Stands on every page while everything, or something of the project in view, is kept from starting. */
export const FreezeBanner = ({ project }: { project: string | undefined }) => {
  const t = useT();
  const { go } = useGo();
  const words = useHoldText();
  const { data } = useQuery(activeHoldsQuery(project));
  // Without a project only what concerns everybody: a hold of one task is no news to all.
  const shown = (data?.items ?? [])
    .filter(({ target }) => target.kind === 'everything' || (project && 'project' in target))
    .toSorted((a, b) => weightOf(b) - weightOf(a));
  const [first] = shown;
  if (!first) return null;

  const { since, by, reason, thawed } = first;
  const text =
    first.purpose !== 'freeze'
      ? t('freeze.banner-hold', {
          purpose: t(`holds.purpose.${first.purpose}`),
          target: words.target(first.target),
          until: words.lasts(first),
          reason,
        })
      : thawed
        ? t('freeze.banner-thawing', { what: words.thawed(thawed), reason })
        : t('freeze.banner', { time: words.timeOf(since), by, reason });

  return (
    <Alert
      type={first.target.kind === 'everything' ? 'error' : 'warning'}
      action={<Button onClick={() => go({ to: '/holds' })}>{t('freeze.banner-open')}</Button>}
    >
      {text}
      {shown.length > 1 && ` (${t('freeze.banner-more', { count: shown.length - 1 })})`}
    </Alert>
  );
};

/** The widest first. */
const weightOf = ({ target }: HoldView): number =>
  ['task', 'workflow', 'pool', 'project', 'everything'].indexOf(target.kind);
