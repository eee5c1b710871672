import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useT } from '../../ui/i18n/language-provider.tsx';

/** Offers to act on all that match the filter once every row of the page is selected. */
export const BeyondPage = ({
  count,
  beyond,
  onBeyond,
}: {
  count: number;
  beyond: boolean;
  onBeyond: (beyond: boolean) => void;
}) => {
  const t = useT();
  return (
    <Alert
      type={beyond ? 'warning' : 'info'}
      action={
        <Button onClick={() => onBeyond(!beyond)}>
          {t(beyond ? 'instances.act-on-page' : 'instances.act-on-all')}
        </Button>
      }
    >
      {beyond ? t('instances.acting-on-all') : t('instances.page-selected', { count })}
    </Alert>
  );
};
