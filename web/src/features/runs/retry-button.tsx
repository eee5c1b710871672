import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import type { Role } from '../../../../shared/domain/project/project.schema.ts';
import { call } from '../../api/call.ts';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { hasReason, nothingAsked, RetryFields } from './retry-fields.tsx';

/** Whether the person may do what needs a role in a project. */
export type May = (least: Role, project: string) => boolean;

/**
 * Retries one run by hand; nothing is drawn before its final failure, while a retry of it runs, or after one that
 * succeeded (W62). Wherever a failed run is shown: its page, a list, the detail of a log line.
 */
export const RetryButton = ({
  run,
  may,
  variant = 'normal',
}: {
  run: Pick<RunView, 'run' | 'project' | 'retryable'>;
  may: May;
  variant?: ButtonProps.Variant;
}) => {
  const t = useT();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [asked, setAsked] = useState(nothingAsked);
  const [started, setStarted] = useState<string>();
  // One key for every try of one dialog: a second click acts once.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const retry = useMutation({
    mutationFn: () =>
      call('retryRun', {
        params: { run: run.run },
        body: { comment: asked.reason, version: asked.version },
        idempotencyKey,
      }),
    onSuccess: (made) => {
      setOpened(false);
      setStarted(made.run);
      setAsked(nothingAsked);
      setKey(crypto.randomUUID());
      void client.invalidateQueries();
    },
  });
  const denied = may('operator', run.project)
    ? undefined
    : t('workflows.refusal.role', { role: t('role.operator') });

  return (
    <>
      {run.retryable && (
        <Button
          variant={variant}
          disabled={denied !== undefined}
          disabledReason={denied}
          onClick={() => {
            retry.reset();
            setStarted(undefined);
            setOpened(true);
          }}
        >
          {t('retry.retry')}
        </Button>
      )}
      {started && variant !== 'inline-link' && (
        <Box>
          <Alert type="success" dismissible onDismiss={() => setStarted(undefined)}>
            {t('retry.started')}{' '}
            <RouteLink to="/runs/$run" params={{ run: started }}>
              {t('retry.open')}
            </RouteLink>
          </Alert>
        </Box>
      )}
      {opened && (
        <ActionDialog
          title={t('retry.title')}
          action={t('retry.retry')}
          error={retry.error}
          working={retry.isPending}
          disabledReason={hasReason(asked) ? undefined : t('retry.no-reason')}
          onAct={() => retry.mutate()}
          onClose={() => setOpened(false)}
        >
          <Box color="text-body-secondary">{t('run-op.what.retry')}</Box>
          <RetryFields asked={asked} onChange={setAsked} />
        </ActionDialog>
      )}
    </>
  );
};
