import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { RunOperation } from '../../../../shared/contracts/api/run-operation-routes.ts';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../../ui/list/batch-dialog.tsx';
import type { May } from './retry-button.tsx';
import { hasReason, nothingAsked, RetryFields } from './retry-fields.tsx';
import { useRunBatch } from './run-operations.queries.ts';
import { runRefusal } from './run-refusal.ts';

/** Confirms an operation on runs, says what it will do, and shows what became of each. */
export const RunDialog = ({
  operation,
  rows,
  may,
  onClose,
}: {
  operation: RunOperation;
  rows: readonly RunView[];
  may: May;
  onClose: (changed: boolean) => void;
}) => {
  const t = useT();
  const batch = useRunBatch();
  const isRetry = operation === 'retry';
  const [asked, setAsked] = useState(nothingAsked);
  const refusalText = (row: RunView): string | undefined => {
    if (!may('operator', row.project))
      return t('workflows.refusal.role', { role: t('role.operator') });
    const refusal = runRefusal(row, operation);
    return refusal && t(`run-op.refusal.${refusal}`);
  };

  return (
    <BatchDialog
      action={t(`run-op.${operation}`)}
      danger={operation === 'stop'}
      items={rows.map((row) => ({
        id: row.run,
        name: `${row.workflow} · ${row.bizDate}${row.cycle > 1 ? ` · ${row.cycle}` : ''}`,
        refusal: refusalText(row),
      }))}
      withComment={!isRetry}
      canRun={!isRetry || hasReason(asked)}
      options={
        <SpaceBetween size="m">
          <Box color="text-body-secondary">{t(`run-op.what.${operation}`)}</Box>
          {isRetry && <RetryFields asked={asked} onChange={setAsked} />}
        </SpaceBetween>
      }
      run={(ids, rest) =>
        batch.mutateAsync({
          ...{ op: operation, ids, ...rest },
          ...(isRetry ? { comment: asked.reason, version: asked.version } : {}),
        })
      }
      onClose={onClose}
    />
  );
};
