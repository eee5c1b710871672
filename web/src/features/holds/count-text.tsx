import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** A number that was counted up to a limit. */
export const CountText = ({ of }: { of: HoldView['keptBack'] }) => {
  const t = useT();
  if (!of) return t('common.none');
  return of.more ? t('holds.count-more', { count: of.count }) : of.count;
};
