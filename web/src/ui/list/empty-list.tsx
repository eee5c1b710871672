import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useT } from '../i18n/language-provider.tsx';

/** Why a list is empty and what to do next: loosen the filters, or `action`. */
export const EmptyList = ({
  text,
  filtered,
  onClear,
  action,
}: {
  text: string;
  filtered?: boolean;
  onClear?: () => void;
  action?: ReactNode;
}) => {
  const t = useT();

  return (
    <SpaceBetween size="xs">
      <Box variant="strong">{filtered ? t('empty.filtered') : text}</Box>
      {filtered && onClear ? (
        <Button onClick={onClear}>{t('common.clear-filters')}</Button>
      ) : (
        action
      )}
    </SpaceBetween>
  );
};
