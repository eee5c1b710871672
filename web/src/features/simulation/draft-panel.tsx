import Button from '@cloudscape-design/components/button';
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
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { DraftDiff } from './draft-diff.tsx';
import { type SimulationWish, useDraftSimulation } from './simulation.queries.ts';

const Minutes = z.coerce.number().min(0).max(1440);

/** Paste a definition, see the same hours before and after it. */
export const DraftPanel = ({
  wish,
  mayDraft,
}: {
  wish: SimulationWish;
  /** Drafts are for developers. */
  mayDraft: boolean;
}) => {
  const t = useT();
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState('15');
  const [unreadable, setUnreadable] = useState<string>();
  const simulate = useDraftSimulation(wish);
  const threshold = Minutes.safeParse(minutes === '' ? Number.NaN : minutes);

  const compare = () => {
    try {
      setUnreadable(undefined);
      const definition = z.json().parse(parse(text));
      simulate.mutate({ definition, thresholdMinutes: threshold.data ?? 15 });
    } catch (error) {
      setUnreadable(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <SpaceBetween size="l">
      <Form
        actions={
          <Button
            variant="primary"
            loading={simulate.isPending}
            disabled={!mayDraft || text.trim() === '' || !threshold.success}
            disabledReason={mayDraft ? t('simulation.draft-first') : t('simulation.draft-role')}
            onClick={compare}
          >
            {t('simulation.compare')}
          </Button>
        }
      >
        <Container
          header={
            <Header variant="h2" description={t('simulation.draft-text')}>
              {t('simulation.draft')}
            </Header>
          }
        >
          <SpaceBetween size="m">
            <FormField
              label={t('workflow.definition-text')}
              stretch
              errorText={unreadable && t('workflow.yaml-error', { message: unreadable })}
            >
              <Textarea
                value={text}
                rows={14}
                spellcheck={false}
                onChange={({ detail }) => setText(detail.value)}
              />
            </FormField>
            <FormField
              label={t('simulation.threshold')}
              errorText={threshold.success ? undefined : t('simulation.threshold-wrong')}
            >
              <Input
                value={minutes}
                inputMode="numeric"
                onChange={({ detail }) => setMinutes(detail.value)}
              />
            </FormField>
          </SpaceBetween>
        </Container>
      </Form>
      {simulate.isError && (
        <ProblemAlert
          error={simulate.error}
          header={t('problem.action', { action: t('simulation.compare') })}
        />
      )}
      {simulate.data?.draft && (
        <DraftDiff
          project={wish.project}
          before={simulate.data.simulation}
          after={simulate.data.draft.simulation}
          diff={simulate.data.draft.diff}
        />
      )}
    </SpaceBetween>
  );
};
