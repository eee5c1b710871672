import Skeleton from '@cloudscape-design/components/skeleton';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useT } from '../i18n/language-provider.tsx';

/** Grey lines where content is about to stand, so that the page does not jump. */
export const Waiting = ({ lines = 6 }: { lines?: number }) => {
  const t = useT();
  return (
    <div className="waiting" role="status" aria-label={t('common.loading')}>
      <SpaceBetween size="s">
        {Array.from({ length: lines }, (_, line) => line).map((line) => (
          <Skeleton key={line} />
        ))}
      </SpaceBetween>
    </div>
  );
};
