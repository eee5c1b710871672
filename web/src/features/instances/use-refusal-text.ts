import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { type MoveName, sourcesOf } from '../../../../shared/domain/instance/lifecycle.ts';
import { refusalOf } from '../../../../shared/domain/instance/refusal-of.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Operation } from './instances.queries.ts';

type MovableRow = Pick<
  InstanceRow,
  'status' | 'paused' | 'held' | 'stopping' | 'askedAt' | 'undo' | 'project'
>;

export type RefusalText = (
  row: MovableRow,
  operation: Operation | 'remove-upstream',
) => string | undefined;

/**
 * Why an operation is not possible now, in the language of the page; undefined when it is. The rule is the domain's
 * own, so a button and the API never disagree.
 */
export const useRefusalText = (mayOperate: (project: string) => boolean): RefusalText => {
  const t = useT();

  return (row, operation) => {
    if (!mayOperate(row.project)) return t('workflows.refusal.role', { role: t('role.operator') });
    const refusal = refusalOf(row, operation);
    if (!refusal) return undefined;
    if (refusal.reason !== 'move-not-allowed') return t(`refusal.${refusal.reason}`);
    return t('refusal.move-not-allowed', {
      from: t(`status.${row.status}`),
      allowed: sourcesOf(operation satisfies MoveName)
        .map((status) => t(`status.${status}`))
        .join(', '),
    });
  };
};
