import Box from '@cloudscape-design/components/box';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { DrainProgress } from './drain-progress.tsx';
import { holdQuery } from './holds.queries.ts';
import { useHoldText } from './use-hold-text.ts';

/** What still runs under a hold: a drain is done when nothing does. */
export const RunningDialog = ({ hold, onClose }: { hold: string; onClose: () => void }) => {
  const t = useT();
  const words = useHoldText();
  const detail = useQuery(holdQuery(hold));

  return (
    <Modal
      visible
      size="large"
      header={t('holds.detail', { target: detail.data ? words.target(detail.data.target) : '…' })}
      closeAriaLabel={t('common.close')}
      onDismiss={onClose}
    >
      <Loaded query={detail} lines={3}>
        {(found) => (
          <SpaceBetween size="s">
            <DrainProgress hold={found} />
            {found.stillRunning.length === 0 ? (
              <Box>{t('holds.detail-none')}</Box>
            ) : (
              <ul className="plain-list">
                {found.stillRunning.map(({ id, expectedEndAt }) => (
                  <li key={id}>
                    <RouteLink to="/instances/$instance" params={{ instance: id }}>
                      {parseInstanceId(id)?.task ?? id}
                    </RouteLink>{' '}
                    {expectedEndAt && (
                      <Box variant="small">
                        {t('holds.expected-end', { time: words.timeOf(expectedEndAt) })}
                      </Box>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </SpaceBetween>
        )}
      </Loaded>
    </Modal>
  );
};
