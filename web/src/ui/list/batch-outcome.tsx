import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { BatchResult } from '../../../../shared/contracts/api/common.ts';
import { useT } from '../i18n/language-provider.tsx';
import { RouteLink } from '../link.tsx';
import { ItemList } from './item-list.tsx';

/** What became of each row of a batch. */
export const BatchOutcome = ({
  result,
  names,
}: {
  result: BatchResult;
  names: ReadonlyMap<string, string>;
}) => {
  const t = useT();
  const { succeeded, skipped, failed } = result;
  const nameOf = (id: string) => names.get(id) ?? id;
  const rows = [
    ...failed.map(({ id, error }) => ({
      id,
      note: t('batch.failed', { reason: error }),
      after: undefined,
    })),
    ...skipped.map(({ id, reason }) => ({
      id,
      note: t('batch.skipped', { reason }),
      after: undefined,
    })),
    ...succeeded.map(({ id, run, note }) => ({
      id,
      note: note ? `${t('batch.done')} · ${note}` : t('batch.done'),
      after: run && (
        <>
          {' '}
          <RouteLink to="/runs/$run" params={{ run }}>
            {t('batch.open-run')}
          </RouteLink>
        </>
      ),
    })),
  ];

  return (
    <SpaceBetween size="m">
      <Alert type={failed.length > 0 ? 'error' : skipped.length > 0 ? 'warning' : 'success'}>
        {t('batch.result', {
          done: succeeded.length,
          skipped: skipped.length,
          failed: failed.length,
        })}
      </Alert>
      <ItemList
        title={t('batch.outcome')}
        items={rows.map(({ id, note, after }) => ({ id, text: nameOf(id), note, after }))}
      />
    </SpaceBetween>
  );
};
