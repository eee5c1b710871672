import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { BackfillSpec } from '../../../shared/domain/backfill/backfill.schema.ts';
import { plusDays } from '../../../shared/domain/kernel/calendar-day.ts';
import { localDateAt } from '../../../shared/domain/schedule/local-date-at.ts';
import { useMay } from '../features/access/access.queries.ts';
import {
  type BackfillDraft,
  newBackfillDraft,
  specOfDraft,
} from '../features/backfills/backfill-draft.ts';
import { BackfillForm } from '../features/backfills/backfill-form.tsx';
import { useCreateBackfill, usePreviewBackfill } from '../features/backfills/backfills.queries.ts';
import { PreviewPanel } from '../features/backfills/preview-panel.tsx';
import { useSay } from '../ui/feedback/notices.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { errorsOfIssues, errorsOfProblem, type FieldErrors } from '../ui/form/field-errors.ts';
import { guard } from '../ui/form/guard.ts';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useGo } from '../ui/link.tsx';
import { useScope } from '../ui/scope.ts';
import { useNow, useShownZone } from '../ui/time/time-provider.tsx';

const route = getRouteApi('/in/backfills/new');

/** Asks for a backfill: first what it would do, exactly; then it can be submitted. */
export const NewBackfillPage = () => {
  const t = useT();
  const say = useSay();
  const may = useMay();
  const { go } = useGo();
  const { env } = useScope();
  const now = useNow();
  const zone = useShownZone();
  const { root } = route.useSearch();
  const [draft, setDraft] = useState(() =>
    newBackfillDraft(plusDays(localDateAt(new Date(now()).toISOString(), zone), -1), root),
  );
  const [comment, setComment] = useState('');
  const [previewed, setPreviewed] = useState<BackfillDraft>();
  const [invalid, setInvalid] = useState<FieldErrors>({});
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const preview = usePreviewBackfill();
  const create = useCreateBackfill();
  const refused = create.error ?? preview.error;
  const errors = { ...errorsOfProblem(refused), ...invalid };
  const project = draft.roots.trim().split('/')[0] ?? '';
  const mayRun = may('operator', project);

  const checked = (): BackfillSpec | undefined => {
    const parsed = BackfillSpec.safeParse(specOfDraft(draft, env));
    setInvalid(parsed.success ? {} : errorsOfIssues(parsed.error.issues));
    return parsed.data;
  };
  const onPreview = () => {
    create.reset();
    const spec = checked();
    if (spec) preview.mutate({ project, spec }, { onSuccess: () => setPreviewed(draft) });
  };
  const onCreate = () => {
    const spec = checked();
    if (!spec) return;
    create.mutate(
      { project, spec: { ...spec, comment: comment || undefined }, idempotencyKey },
      {
        onSuccess: ({ id, name }) => {
          say({ type: 'success', content: t('backfills.created', { name }) });
          go({ to: '/backfills/$project/$backfill', params: { project, backfill: id } });
        },
      },
    );
  };

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('backfills.new-text')}>
        {t('backfills.new')}
      </Header>
      <BackfillForm
        draft={draft}
        errors={errors}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      {Object.values(invalid).some(Boolean) && (
        <Alert type="error">{t('backfills.fix-fields')}</Alert>
      )}
      {refused != null && (
        <ProblemAlert
          error={refused}
          header={t('problem.action', {
            action: create.error ? t('backfills.submit') : t('backfills.preview'),
          })}
        />
      )}
      {preview.data && previewed === draft && <PreviewPanel preview={preview.data} />}
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
      <SpaceBetween direction="horizontal" size="xs">
        <Button loading={preview.isPending} onClick={onPreview}>
          {t('backfills.preview')}
        </Button>
        <Button
          variant="primary"
          loading={create.isPending}
          {...guard(
            previewed !== draft
              ? t('backfills.preview-first')
              : mayRun
                ? undefined
                : t('workflows.refusal.role', { role: t('role.operator') }),
          )}
          onClick={onCreate}
        >
          {t('backfills.submit')}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
};
