import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useT } from '../i18n/language-provider.tsx';
import type { CursorPages } from './use-cursor-pages.ts';

/** Back and forward through a list of unknown length. */
export const CursorPagination = ({
  pages,
  next,
}: {
  pages: CursorPages;
  next: string | undefined;
}) => {
  const t = useT();

  return (
    // Not a landmark: on a small screen the table draws it twice.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={t('common.pages')}>
      <SpaceBetween direction="horizontal" size="xxs">
        <Button
          variant="icon"
          iconName="angle-left"
          ariaLabel={t('common.previous-page')}
          disabled={pages.page === 1}
          onClick={pages.back}
        />
        <Box padding={{ top: 'xxs' }}>{t('common.page', { page: pages.page })}</Box>
        <Button
          variant="icon"
          iconName="angle-right"
          ariaLabel={t('common.next-page')}
          disabled={next === undefined}
          onClick={() => next !== undefined && pages.forward(next)}
        />
      </SpaceBetween>
    </div>
  );
};
