import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { parse } from 'yaml';
import * as z from 'zod';
import { ApiProblem } from '../../../../shared/contracts/client/api-problem.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { ProblemTable, type ShownProblem } from './problem-table.tsx';
import { usePublish, useValidate, type WorkflowRef } from './workflows.queries.ts';

/** Edit, validate and publish a definition. All problems are listed at once, each with its place. */
export const PublishForm = ({
  workflow,
  initial,
  onClose,
}: {
  workflow: WorkflowRef;
  initial: string;
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const [text, setText] = useState(initial);
  const [online, setOnline] = useState(true);
  const [comment, setComment] = useState('');
  const [unreadable, setUnreadable] = useState<string>();
  const validate = useValidate(workflow.project);
  const publish = usePublish(workflow);

  const withDefinition = (use: (definition: z.core.util.JSONType) => void) => {
    try {
      setUnreadable(undefined);
      use(z.json().parse(parse(text)));
    } catch (error) {
      setUnreadable(error instanceof Error ? error.message : String(error));
    }
  };
  const onPublish = () =>
    withDefinition((definition) =>
      publish.mutate(
        { definition, online, comment: comment || undefined },
        {
          onSuccess: (published) => {
            say({
              type: 'success',
              content: t('workflow.published', {
                workflow: published.workflow,
                version: published.version,
              }),
            });
            onClose();
          },
        },
      ),
    );

  const refused = publish.error instanceof ApiProblem ? publish.error.problem.errors : undefined;
  const problems: readonly ShownProblem[] | undefined = refused ?? validate.data?.problems;

  return (
    <Form
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            loading={validate.isPending}
            onClick={() => {
              publish.reset();
              withDefinition((definition) => validate.mutate(definition));
            }}
          >
            {t('workflow.validate')}
          </Button>
          <Button variant="primary" loading={publish.isPending} onClick={onPublish}>
            {t('workflow.publish')}
          </Button>
        </SpaceBetween>
      }
    >
      <Container header={<Header variant="h2">{t('workflow.definition-edit')}</Header>}>
        <SpaceBetween size="m">
          <FormField
            label={t('workflow.definition-text')}
            stretch
            errorText={unreadable && t('workflow.yaml-error', { message: unreadable })}
          >
            <Textarea
              value={text}
              rows={24}
              spellcheck={false}
              onChange={({ detail }) => setText(detail.value)}
            />
          </FormField>
          <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
            <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
          </FormField>
          <Checkbox checked={online} onChange={({ detail }) => setOnline(detail.checked)}>
            {t('workflow.go-online')}
          </Checkbox>
          {publish.isError && !refused && (
            <ProblemAlert
              error={publish.error}
              header={t('problem.action', { action: t('workflow.publish') })}
            />
          )}
          {validate.isError && <ProblemAlert error={validate.error} />}
          {problems?.length === 0 && <Alert type="success">{t('workflow.no-problems')}</Alert>}
          {problems && problems.length > 0 && <ProblemTable problems={problems} />}
        </SpaceBetween>
      </Container>
    </Form>
  );
};
