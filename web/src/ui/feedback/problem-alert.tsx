import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';
import { useT } from '../i18n/language-provider.tsx';

/** What went wrong, with the request id for whoever is asked, and a way to try again. */
export const ProblemAlert = ({
  error,
  header,
  onRetry,
}: {
  error: unknown;
  header?: string | undefined;
  onRetry?: (() => void) | undefined;
}) => {
  const t = useT();

  return (
    <Box margin={{ bottom: 'xs' }}>
      <Alert
        type="error"
        header={header ?? t('problem.title')}
        action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
      >
        <ProblemText error={error} />
      </Alert>
    </Box>
  );
};

/** The detail, each wrong field and the request id of a failure. */
const ProblemText = ({ error }: { error: unknown }) => {
  const t = useT();
  // fetch rejects with a TypeError when nobody answers.
  if (error instanceof TypeError) return <>{t('problem.offline')}</>;
  if (!(error instanceof ApiProblem))
    return <>{error instanceof Error ? error.message : String(error)}</>;

  const { detail, errors = [], requestId } = error.problem;
  return (
    <>
      <div>{detail}</div>
      {errors.length > 0 && (
        <ul aria-label={t('problem.fields')}>
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path && <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      {requestId && <Box variant="small">{t('problem.request-id', { id: requestId })}</Box>}
    </>
  );
};
