import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import type { OperationDetail } from '../../../../shared/contracts/api/operation-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { OperationState } from './operation-status.tsx';

/** Who asked for what, and how far it is. */
export const OperationFacts = ({ operation }: { operation: OperationDetail }) => {
  const t = useT();
  const { status, total, done, failed, skipped, actor, comment, of } = operation;
  const progress = t('operations.progress-text', { done, total });

  return (
    <KeyValuePairs
      columns={4}
      items={[
        {
          label: t('operations.state'),
          value: <OperationState status={status} failed={failed} />,
        },
        {
          label: t('operations.progress'),
          value: (
            <ProgressBar
              value={total === 0 ? 0 : (done / total) * 100}
              additionalInfo={progress}
              ariaLabel={progress}
            />
          ),
        },
        { label: t('operations.result.failed'), value: failed },
        { label: t('operations.result.skipped'), value: skipped },
        { label: t('operations.actor'), value: actor },
        { label: t('operations.at'), value: <At at={operation.at} form="full" /> },
        {
          label: t('operations.confirmed-at'),
          value: <At at={operation.confirmedAt} form="full" />,
        },
        {
          label: t('operations.finished-at'),
          value: <At at={operation.finishedAt} form="full" />,
        },
        { label: t('common.comment'), value: comment ?? t('common.none') },
        ...(of
          ? [
              {
                label: t('operations.of'),
                value: (
                  <RouteLink to="/operations/$operation" params={{ operation: of }}>
                    {of}
                  </RouteLink>
                ),
              },
            ]
          : []),
      ]}
    />
  );
};
