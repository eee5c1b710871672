import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';
import { useT } from '../i18n/language-provider.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** What stands in place of a page that failed: the API's problem, or our own fault with its message. */
export const Broken = ({ error, reset }: ErrorComponentProps) => {
  const t = useT();

  return (
    <Box padding="l">
      {error instanceof ApiProblem ? (
        <ProblemAlert error={error} onRetry={reset} />
      ) : (
        <Alert
          type="error"
          header={t('problem.broken')}
          action={<Button onClick={() => location.reload()}>{t('problem.reload')}</Button>}
        >
          {error instanceof Error ? error.message : String(error)}
        </Alert>
      )}
    </Box>
  );
};
