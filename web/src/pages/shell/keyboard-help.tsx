import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import { useT } from '../../ui/i18n/language-provider.tsx';

export const KeyboardHelp = ({ onClose }: { onClose: () => void }) => {
  const t = useT();
  const keys = [
    ['?', t('keys.help')],
    ['Ctrl+K', t('keys.palette')],
    ['g h', t('keys.go-home')],
    ['g w', t('keys.go-workflows')],
    ['g r', t('keys.go-runs')],
    ['g i', t('keys.go-instances')],
    ['g s', t('keys.go-health')],
    ['/', t('keys.filter')],
    ['r', t('keys.refresh')],
    ['j k', t('keys.rows')],
    ['x', t('keys.select')],
    ['Shift+R', t('keys.rerun')],
    ['Enter', t('keys.open')],
  ];

  return (
    <Modal visible closeAriaLabel={t('common.close')} onDismiss={onClose} header={t('keys.title')}>
      <KeyValuePairs
        columns={2}
        items={keys.map(([key, value]) => ({ label: value ?? '', value: <kbd>{key}</kbd> }))}
      />
    </Modal>
  );
};
