import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import { changesOf } from './changes-of.ts';
import { ObjectLink } from './object-link.tsx';
import { useSourceText } from './use-source-text.ts';

/** One entry of the log: who, what, why, and each value before and after. */
export const EntryDialog = ({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone(entry.project);
  const sourceText = useSourceText();
  const { actor, action, object, reason, detail } = entry;
  const request = detail?.requestId;

  return (
    <Modal
      visible
      size="large"
      header={t('audit.open', { time: formatInstant(entry.at, zone, language) })}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          items={[
            { label: t('audit.actor'), value: actor },
            { label: t('audit.action'), value: action },
            { label: t('audit.object'), value: <ObjectLink object={object} /> },
            { label: t('audit.source'), value: sourceText(detail?.source) },
            { label: t('common.comment'), value: reason ?? t('common.none') },
            {
              label: t('audit.request'),
              value: typeof request === 'string' ? <code>{request}</code> : t('common.none'),
            },
          ]}
        />
        <Table
          variant="embedded"
          wrapLines
          ariaLabels={{ tableLabel: t('audit.change') }}
          items={changesOf(entry)}
          trackBy="field"
          empty={<Box>{t('audit.no-change')}</Box>}
          columnDefinitions={[
            {
              id: 'field',
              header: t('audit.field'),
              isRowHeader: true,
              cell: ({ field }) => <code>{field}</code>,
            },
            {
              id: 'before',
              header: t('audit.before'),
              cell: ({ before }) => before ?? t('common.none'),
            },
            {
              id: 'after',
              header: t('audit.after'),
              cell: ({ after }) => after ?? t('common.none'),
            },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
};
