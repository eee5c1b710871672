import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TemplateView } from '../../../../shared/contracts/api/message-template-routes.ts';
import type { TemplateKey } from '../../../../shared/domain/notice/message-template.schema.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { errorAt, errorsOfProblem } from '../../ui/form/field-errors.ts';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import {
  templateVersionsQuery,
  usePreview,
  useRevertTemplate,
  useSaveTemplate,
} from './templates.queries.ts';

/** The words of one channel, item and language: edit, preview, go back. */
export const TemplateEditor = ({
  template,
  refusal,
}: {
  template: TemplateView;
  refusal: string | undefined;
}) => {
  const t = useT();
  const say = useSay();
  const { channel, kind, language, current, rev } = template;
  const key: TemplateKey = { channel, kind, language };
  const [words, setWords] = useState(current);
  const [note, setNote] = useState('');
  const save = useSaveTemplate();
  const revert = useRevertTemplate();
  const preview = usePreview();
  const versions = useQuery(templateVersionsQuery(key));
  const errors = errorsOfProblem(save.error);
  const saved = (after: TemplateView) => {
    setWords(after.current);
    setNote('');
    say({ type: 'success', content: t('templates.saved', { version: after.rev }) });
  };

  return (
    <SpaceBetween size="m">
      {template.problem && (
        <Alert type="warning" header={t('templates.broken')}>
          {template.problem}
        </Alert>
      )}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button loading={preview.isPending} onClick={() => preview.mutate({ key, words })}>
                  {t('templates.preview')}
                </Button>
                <Button
                  {...guard(refusal)}
                  disabled={refusal !== undefined || !template.custom}
                  loading={revert.isPending}
                  onClick={() => revert.mutate({ key, to: 0, rev }, { onSuccess: saved })}
                >
                  {t('templates.use-built-in')}
                </Button>
                <Button
                  variant="primary"
                  {...guard(refusal)}
                  loading={save.isPending}
                  onClick={() =>
                    save.mutate(
                      { key, words, note: note.trim() || undefined, rev },
                      { onSuccess: saved },
                    )
                  }
                >
                  {t('common.save')}
                </Button>
              </SpaceBetween>
            }
          >
            {t(`channel.${channel}`)} · {t(`kind.${kind}`)}{' '}
            <Badge color={template.custom ? 'blue' : 'grey'}>
              {t(template.custom ? 'templates.custom' : 'templates.built-in')}
            </Badge>
          </Header>
        }
      >
        <SpaceBetween size="m">
          {save.isError && <ProblemAlert error={save.error} />}
          {revert.isError && <ProblemAlert error={revert.error} />}
          <FormField label={t('templates.subject')} errorText={errorAt(errors, 'subject')}>
            <Input
              value={words.subject}
              onChange={({ detail }) => setWords((now) => ({ ...now, subject: detail.value }))}
            />
          </FormField>
          <FormField label={t('templates.body')} errorText={errorAt(errors, 'body')}>
            <Textarea
              value={words.body}
              rows={10}
              onChange={({ detail }) => setWords((now) => ({ ...now, body: detail.value }))}
            />
          </FormField>
          <FormField label={t('templates.note')} errorText={errorAt(errors, 'note')}>
            <Input value={note} onChange={({ detail }) => setNote(detail.value)} />
          </FormField>
          <ExpandableSection headerText={t('templates.placeholders')}>
            <ul className="plain-list">
              {template.facts.map(({ name, about }) => (
                <li key={name}>
                  <code>{`{${name}}`}</code> {about}
                </li>
              ))}
            </ul>
          </ExpandableSection>
        </SpaceBetween>
      </Container>
      {preview.isError && <ProblemAlert error={preview.error} />}
      {preview.data && (
        <Container header={<Header variant="h2">{t('templates.preview')}</Header>}>
          {preview.data.problem && <Alert type="warning">{preview.data.problem}</Alert>}
          <Box variant="h3">{preview.data.content.subject}</Box>
          <pre className="code">{preview.data.content.text}</pre>
        </Container>
      )}
      <Container header={<Header variant="h2">{t('templates.versions')}</Header>}>
        {versions.data?.items.length === 0 && <Box>{t('templates.built-in')}</Box>}
        <ol className="handover-list">
          {versions.data?.items.map(({ version, at, by, note: what, subject }) => (
            <li key={version}>
              <strong>{t('templates.version', { version })}</strong> <At at={at} form="full" /> {by}{' '}
              {what ?? subject}{' '}
              {version !== rev && (
                <Button
                  {...guard(refusal)}
                  variant="inline-link"
                  onClick={() => revert.mutate({ key, to: version, rev }, { onSuccess: saved })}
                >
                  {t('templates.back-to', { version })}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </Container>
    </SpaceBetween>
  );
};
