import { useT } from '../../ui/i18n/language-provider.tsx';
import type { RuleRow } from './rule-form.tsx';

/** What a throttling rule applies to, in words. */
export const RuleScope = ({ rule: { scope, env, windows } }: { rule: RuleRow }) => {
  const t = useT();
  const parts = [
    env && t(`shell.env.${env}`),
    scope.projects?.join(', '),
    scope.workflows?.join(', '),
    scope.tasks?.join(', '),
    scope.kinds?.join(', '),
    scope.resourceGroups?.join(', '),
    scope.byName && t('pools.scope-by-name'),
    windows.length > 0 && t('pools.windows', { count: windows.length }),
  ].filter(Boolean);

  return <>{parts.length > 0 ? parts.join(' · ') : t('pools.scope-all')}</>;
};
