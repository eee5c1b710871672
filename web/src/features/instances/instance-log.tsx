import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { isEnded } from '../../../../shared/domain/instance/lifecycle.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { LogView } from '../../ui/log/log-view.tsx';
import { readInstanceLog } from './instances.queries.ts';

/** The log of an instance: whole, or one attempt of it. */
export const InstanceLog = ({
  row,
  attempt,
  onAttempt,
}: {
  row: InstanceRow;
  attempt: number | undefined;
  onAttempt: (attempt: number | undefined) => void;
}) => {
  const t = useT();
  const attempts = Array.from({ length: row.attempts }, (_, before) => before + 1);

  return (
    <SpaceBetween size="s">
      {attempts.length > 1 && (
        <SegmentedControl
          label={t('instance.tab.attempts')}
          selectedId={String(attempt ?? 'all')}
          options={[
            { id: 'all', text: t('common.all') },
            ...attempts.map((number) => ({ id: String(number), text: String(number) })),
          ]}
          onChange={({ detail }) =>
            onAttempt(detail.selectedId === 'all' ? undefined : Number(detail.selectedId))
          }
        />
      )}
      <LogView
        name={attempt === undefined ? row.id : `${row.id}~${attempt}`}
        logKey={`${row.id} ${attempt ?? ''}`}
        read={readInstanceLog(row.id, attempt)}
        live={!isEnded(row)}
      />
    </SpaceBetween>
  );
};
