import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useSay } from '../feedback/notices.tsx';
import { useT } from '../i18n/language-provider.tsx';
import { download } from '../log/download.ts';
import { allPages, type PageOf } from './all-pages.ts';
import { csvOf } from './csv-of.ts';

/** Rows of one file; whoever wants more narrows the filter or asks the API. */
const most = 10_000;

/** Reads page after page of a list with its filter; the way to export all of it. */
export type FetchPage = (cursor: string | undefined) => Promise<PageOf<object>>;

/** Everything that matches the filter as a CSV file, on all pages. */
export const ExportButton = ({ file, fetchPage }: { file: string; fetchPage: FetchPage }) => {
  const t = useT();
  const say = useSay();
  const [working, setWorking] = useState(false);

  const onExport = async () => {
    setWorking(true);
    try {
      const { rows, cut } = await allPages(fetchPage, most);
      download(`${file}.csv`, csvOf(rows), 'text/csv');
      say({
        type: cut ? 'warning' : 'success',
        content: t(cut ? 'export.cut' : 'export.done', { count: rows.length }),
      });
    } catch {
      say({ type: 'error', content: t('export.failed') });
    } finally {
      setWorking(false);
    }
  };

  return (
    <Button
      iconName="download"
      loading={working}
      loadingText={t('export.working')}
      onClick={() => void onExport()}
    >
      {t('export.csv')}
    </Button>
  );
};
