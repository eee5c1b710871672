import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';

export const NotFoundPage = () => {
  const t = useT();
  return (
    <Box textAlign="center" padding={{ vertical: 'xxxl' }}>
      <SpaceBetween size="s">
        <Box variant="h1">{t('not-found.title')}</Box>
        <Box variant="p">{t('not-found.text')}</Box>
        <RouteLink to="/">{t('not-found.home')}</RouteLink>
      </SpaceBetween>
    </Box>
  );
};
