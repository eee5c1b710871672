import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ExportFormat,
  exportAtOnce,
} from '../../../../shared/domain/log/log-export.schema.ts';
import { call } from '../../api/call.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { download } from '../../ui/log/download.ts';
import { exportTextOf } from './export-text-of.ts';
import { ExportsDialog } from './exports-dialog.tsx';
import { logQueryOf } from './log-query.ts';
import { collectLines, type LogSearch, logExportsQuery } from './logs.queries.ts';

/** Saves what a search finds: up to 10,000 lines at once, more in the background (W69). */
export const LogExport = ({
  search,
  total,
}: {
  search: LogSearch;
  /** Lines that the search finds; undefined while it is not known. */
  total: number | undefined;
}) => {
  const t = useT();
  const say = useSay();
  const client = useQueryClient();
  const [listed, setListed] = useState(false);

  const save = useMutation({
    mutationFn: async (format: ExportFormat) => {
      if ((total ?? Number.POSITIVE_INFINITY) > exportAtOnce) {
        const { scope, range, conditions } = search;
        await call('exportLogs', { body: { ...logQueryOf(scope, range, conditions), format } });
        return undefined;
      }
      const rows = await collectLines(search, exportAtOnce);
      download(`run-logs.${format}`, exportTextOf(rows, format));
      return rows.length;
    },
    onSuccess: async (count) => {
      if (count !== undefined)
        return say({ type: 'success', content: t('logs.export.done', { count }) });
      say({ type: 'info', content: t('logs.export.async', { most: exportAtOnce }) });
      setListed(true);
      await client.invalidateQueries(logExportsQuery());
    },
    onError: (error) =>
      say({
        type: 'error',
        header: t('problem.action', { action: t('logs.export') }),
        content: error.message,
      }),
  });

  return (
    <>
      <ButtonDropdown
        loading={save.isPending}
        loadingText={t('logs.export.running')}
        items={[
          { id: 'csv', text: t('logs.export.csv') },
          { id: 'jsonl', text: t('logs.export.jsonl') },
          { id: 'jobs', text: t('logs.export.jobs') },
        ]}
        onItemClick={({ detail }) =>
          detail.id === 'jobs' ? setListed(true) : save.mutate(detail.id as ExportFormat)
        }
      >
        {t('logs.export')}
      </ButtonDropdown>
      {listed && <ExportsDialog onClose={() => setListed(false)} />}
    </>
  );
};
