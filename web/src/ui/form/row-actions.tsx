import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useT } from '../i18n/language-provider.tsx';
import { guard } from './guard.ts';

/** Edit and delete of a row; with a reason both are disabled. */
export const RowActions = ({
  name,
  disabledReason,
  onEdit,
  onDelete,
}: {
  name: string;
  disabledReason?: string | undefined;
  onEdit: () => void;
  onDelete: () => void;
}) => {
  const t = useT();
  const guarded = guard(disabledReason);

  return (
    <SpaceBetween direction="horizontal" size="xxs">
      <Button
        {...guarded}
        variant="inline-link"
        ariaLabel={`${t('common.edit')}: ${name}`}
        onClick={onEdit}
      >
        {t('common.edit')}
      </Button>
      <Button
        {...guarded}
        variant="inline-link"
        ariaLabel={`${t('common.delete')}: ${name}`}
        onClick={onDelete}
      >
        {t('common.delete')}
      </Button>
    </SpaceBetween>
  );
};
