import Pagination from '@cloudscape-design/components/pagination';
import { type ReactNode, useState } from 'react';
import { useT } from '../i18n/language-provider.tsx';

/** Pages of a list that is here as a whole: drawing a thousand rows at once would freeze the page. */
export const useLocalPages = <T,>(
  items: readonly T[],
  size: number,
): { readonly shown: readonly T[]; readonly pagination: ReactNode } => {
  const t = useT();
  const [wanted, setWanted] = useState(1);
  const count = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(wanted, count);

  return {
    shown: items.slice((page - 1) * size, page * size),
    pagination: count > 1 && (
      <Pagination
        currentPageIndex={page}
        pagesCount={count}
        onChange={({ detail }) => setWanted(detail.currentPageIndex)}
        ariaLabels={{
          nextPageLabel: t('common.next-page'),
          previousPageLabel: t('common.previous-page'),
          pageLabel: (number) => t('common.page', { page: number }),
          paginationLabel: t('common.pages'),
        }}
      />
    ),
  };
};
