import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import { batchLimit } from '../../../../shared/contracts/api/common.ts';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { PlainKey } from '../../ui/i18n/messages.ts';
import type { Operation } from './instances.queries.ts';
import { summaryOfRefusals } from './summary-of-refusals.ts';
import { useRefusalText } from './use-refusal-text.ts';

type Section = { readonly text: PlainKey; readonly operations: readonly Operation[] };

const sections: readonly Section[] = [
  {
    text: 'instances.op-run',
    operations: ['rerun', 'force-rerun', 'set-success', 'terminate'],
  },
  { text: 'instances.op-keep', operations: ['pause', 'resume', 'hold', 'unhold'] },
  { text: 'instances.op-change', operations: ['set-priority', 'set-resource-group', 'undo'] },
  { text: 'instances.op-decide', operations: ['approve', 'reject'] },
];

/** Decisions of a person: not for everything that a filter finds. */
const oneByOne: ReadonlySet<Operation> = new Set<Operation>(['approve', 'reject']);

/** Rows that operations are about; `all`: everything that matches the filter, whatever it is. */
export type OperationTarget = readonly InstanceRow[] | 'all';

/** Why an operation is off for all the rows, and the menu of operations with those reasons. */
export const useOperationMenu = (
  target: OperationTarget,
  mayOperate: (project: string) => boolean,
) => {
  const t = useT();
  const refusalText = useRefusalText(mayOperate);

  const reasonOf = (operation: Operation): string | undefined => {
    if (target === 'all') return oneByOne.has(operation) ? t('instances.one-by-one') : undefined;
    if (target.length === 0) return t('batch.select-first');
    if (target.length > batchLimit) return t('batch.too-many', { limit: batchLimit });
    const { total, refused, reasons } = summaryOfRefusals(
      target.map((row) => refusalText(row, operation)),
    );
    if (refused < total) return undefined;
    if (total === 1) return reasons[0]?.reason;
    return t('instances.cannot', {
      refused,
      total,
      reasons: reasons.map(({ reason }) => reason).join('; '),
    });
  };
  const itemOf = (operation: Operation): ButtonDropdownProps.Item => {
    const reason = reasonOf(operation);
    return {
      id: operation,
      text: t(`move.${operation}`),
      disabled: reason !== undefined,
      ...(reason === undefined ? {} : { disabledReason: reason }),
    };
  };
  const items = (without: readonly Operation[] = []): ButtonDropdownProps.ItemGroup[] =>
    sections.map(({ text, operations }) => ({
      text: t(text),
      items: operations.filter((each) => !without.includes(each)).map(itemOf),
    }));

  return { reasonOf, items };
};
