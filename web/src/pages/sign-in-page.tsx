import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useRouteContext, useSearch } from '@tanstack/react-router';
import { useT } from '../ui/i18n/language-provider.tsx';

/** Where people arrive without a session; the issuer asks for the password. */
export const SignInPage = () => {
  const t = useT();
  const { session } = useRouteContext({ from: '__root__' });
  const { returnTo, expired } = useSearch({ from: '/sign-in' });
  const signIn = useMutation({ mutationFn: () => session.signIn(returnTo ?? '/') });

  return (
    <main className="sign-in">
      <Container header={<Header variant="h1">{t('sign-in.title')}</Header>}>
        <SpaceBetween size="l">
          {expired && <Alert type="info">{t('sign-in.expired')}</Alert>}
          <Box variant="p">{t('sign-in.text')}</Box>
          {signIn.isError && (
            <Alert type="error" header={t('sign-in.failed')}>
              {signIn.error.message}
            </Alert>
          )}
          <Button variant="primary" loading={signIn.isPending} onClick={() => signIn.mutate()}>
            {t('sign-in.action')}
          </Button>
        </SpaceBetween>
      </Container>
    </main>
  );
};
