import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatBizDate } from '../../ui/time/format.ts';
import { type ProjectPlace, useGenerate } from './ledger.queries.ts';

/** Confirms that a business date is to be generated now. A double click asks once. */
export const GenerateDialog = ({
  place,
  bizDate,
  onClose,
}: {
  place: ProjectPlace;
  bizDate: string;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const language = useLanguage();
  const generate = useGenerate(place);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const date = formatBizDate(bizDate, language);

  const ask = async () => {
    await generate.mutateAsync({ bizDate, idempotencyKey });
    say({ type: 'success', header: t('ledger.generate-asked', { date }) });
    onClose();
  };

  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel={t('common.close')}
      header={t('ledger.generate-title', { date })}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              loading={generate.isPending}
              onClick={() => void ask().catch(() => undefined)}
            >
              {t('ledger.generate')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {generate.isError && (
          <ProblemAlert
            error={generate.error}
            header={t('problem.action', { action: t('ledger.generate') })}
          />
        )}
        <Box>{t('ledger.generate-text')}</Box>
      </SpaceBetween>
    </Modal>
  );
};
