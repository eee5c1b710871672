import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useRouteContext, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Waiting } from '../ui/feedback/waiting.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';

/** The way back from the issuer: trades the code for tokens and goes where the person wanted to be. */
export const CallbackPage = () => {
  const t = useT();
  const router = useRouter();
  const { session } = useRouteContext({ from: '__root__' });
  // A query, because a code may be traded only once, however often the page is drawn.
  const { data: returnTo, error } = useQuery({
    queryKey: ['callback', location.search],
    queryFn: () => session.completeSignIn(),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    meta: { live: false },
  });

  useEffect(() => {
    if (returnTo) router.history.replace(returnTo);
  }, [returnTo, router]);

  return (
    <main className="sign-in">
      {error ? (
        <Alert
          type="error"
          header={t('sign-in.failed')}
          action={<Button href="/sign-in">{t('common.retry')}</Button>}
        >
          {error.message}
        </Alert>
      ) : (
        <Waiting lines={3} />
      )}
    </main>
  );
};
