import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import type { Operation } from './instances.queries.ts';
import { useOperationMenu } from './use-operation-menu.ts';

const places = [
  ['diagnosis', 'instances.open-diagnosis'],
  ['log', 'instances.open-log'],
  ['dag', 'instances.open-dag'],
] as const;

/** The operations on one row, and where it is explained. */
export const RowMenu = ({
  row,
  mayOperate,
  onOperation,
}: {
  row: InstanceRow;
  mayOperate: (project: string) => boolean;
  onOperation: (operation: Operation) => void;
}) => {
  const t = useT();
  const { go, hrefOf } = useGo();
  const { items } = useOperationMenu([row], mayOperate);
  const targetOf = (tab: string) => ({
    to: '/instances/$instance' as const,
    params: { instance: row.id },
    search: { tab },
  });

  return (
    <ButtonDropdown
      variant="inline-icon"
      expandToViewport
      ariaLabel={t('instances.row-menu', { name: `${row.task} ${row.index}` })}
      items={[
        ...places.map(([id, text]) => ({ id, text: t(text), href: hrefOf(targetOf(id)) })),
        ...items(),
      ]}
      onItemFollow={(event) => {
        event.preventDefault();
        go(targetOf(event.detail.id));
      }}
      onItemClick={({ detail }) => {
        if (detail.href === undefined) onOperation(detail.id as Operation);
      }}
    />
  );
};
