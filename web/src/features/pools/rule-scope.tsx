import { useT } from '../../ui/i18n/language-provider.tsx';
import type { RuleRow } from './rule-draft.ts';

/** What a throttling rule applies to, in words. */
export const RuleScope = ({ rule: { scope, env, families, upTo } }: { rule: RuleRow }) => {
  const t = useT();
  const parts = [
    env && t(`shell.env.${env}`),
    scope.projects?.join(', '),
    scope.workflows?.join(', '),
    scope.tasks?.join(', '),
    scope.kinds?.join(', '),
    scope.resourceGroups?.join(', '),
    scope.byName && t('pools.scope-by-name'),
    families?.map((family) => t(`throttling.family.${family}`)).join(', '),
    upTo && `≤ ${t(`priority.${upTo}`)}`,
  ].filter(Boolean);

  return (
    <div className="wrapped">{parts.length > 0 ? parts.join(' · ') : t('pools.scope-all')}</div>
  );
};
