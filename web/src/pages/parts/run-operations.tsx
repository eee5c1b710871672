import { type ReactNode, useState } from 'react';
import type { RunOperation } from '../../../../shared/contracts/api/run-operation-routes.ts';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import { useMay } from '../../features/access/access.queries.ts';
import { RunActions } from '../../features/runs/run-actions.tsx';
import { RunDialog } from '../../features/runs/run-dialog.tsx';

/** The buttons for some runs and the dialog that they open. */
export const RunOperations = ({
  rows,
  withRetry = false,
  onDone,
}: {
  rows: readonly RunView[];
  /** Offer the retry of those that may be retried; a page of one run has a button of its own. */
  withRetry?: boolean;
  onDone?: (() => void) | undefined;
}): ReactNode => {
  const may = useMay();
  const [operation, setOperation] = useState<RunOperation>();

  return (
    <>
      <RunActions
        count={rows.length}
        withRetry={withRetry && rows.some(({ retryable }) => retryable)}
        onAction={setOperation}
      />
      {operation && (
        <RunDialog
          operation={operation}
          rows={rows}
          may={may}
          onClose={(changed) => {
            setOperation(undefined);
            if (changed) onDone?.();
          }}
        />
      )}
    </>
  );
};
