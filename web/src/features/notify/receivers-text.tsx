import type { Receiver } from '../../../../shared/domain/notice/receivers.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { nameOfReceiver } from './receiver-value.ts';

/** Who is told, in a cell. */
export const ReceiversText = ({ receivers }: { receivers: readonly Receiver[] }) => {
  const t = useT();
  const names = receivers.map((receiver) =>
    receiver.kind === 'contact'
      ? receiver.name
      : receiver.kind === 'owner'
        ? t('receiver.owner')
        : `${t(`receiver.${receiver.kind}`)}: ${nameOfReceiver(receiver)}`,
  );
  return <span className="cell-text">{names.join(', ')}</span>;
};
