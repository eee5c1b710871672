import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { Priority, rankOf } from '../../../../shared/domain/workflow/priority.schema.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ActionDialog } from '../../ui/form/action-dialog.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { thawPlanQuery, useThaw } from './holds.queries.ts';

/** Thaws a freeze stage by stage: what each would start stands beside it before it is chosen. */
export const ThawDialog = ({
  hold,
  projects,
  onClose,
}: {
  hold: HoldView;
  /** Every project the person sees: one without anything kept back may be thawed, too. */
  projects: readonly string[];
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const plan = useQuery(thawPlanQuery(hold.id));
  const thaw = useThaw();
  const [chosen, setChosen] = useState('');
  const [comment, setComment] = useState('');
  const stages = stagesOf(hold, projects);
  const stage = stages.find(({ id }) => id === chosen);

  const labelOf = ({ priority, project }: Stage): string => {
    if (priority) return t('freeze.stage-priority', { priority: t(`priority.${priority}`) });
    return project ? t('freeze.stage-project', { project }) : t('freeze.stage-all');
  };

  return (
    <ActionDialog
      title={t('freeze.thaw-title')}
      action={t('freeze.thaw')}
      error={thaw.error}
      working={thaw.isPending}
      disabledReason={stage ? undefined : t('freeze.stage')}
      onAct={() =>
        stage &&
        thaw.mutate(
          {
            ...{ hold: hold.id, rev: hold.rev, comment: comment || undefined },
            ...(stage.priority ? { priority: stage.priority } : {}),
            ...(stage.project ? { projects: [stage.project] } : {}),
            ...(!stage.priority && !stage.project ? { all: true } : {}),
          },
          {
            onSuccess: () => {
              say({ type: 'success', content: t('freeze.thawed', { stage: labelOf(stage) }) });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Box>{t('freeze.thaw-text')}</Box>
      <Loaded query={plan} lines={4}>
        {({ stages: kept }) => (
          <FormField label={t('freeze.stage')}>
            <RadioGroup
              value={chosen}
              items={stages.map((each) => ({
                value: each.id,
                label: labelOf(each),
                description: t('freeze.starts', {
                  count: kept.filter(each.starts).reduce((sum, { count }) => sum + count, 0),
                }),
              }))}
              onChange={({ detail }) => setChosen(detail.value)}
            />
          </FormField>
        )}
      </Loaded>
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </ActionDialog>
  );
};

type Kept = { readonly priority: Priority; readonly project: string };
type Stage = {
  readonly id: string;
  readonly priority?: Priority;
  readonly project?: string;
  readonly starts: (kept: Kept) => boolean;
};

/** The stages that would let somebody new through, the most cautious first. */
const stagesOf = ({ thawed }: HoldView, projects: readonly string[]): readonly Stage[] => [
  ...Priority.options
    .filter((priority) => !thawed?.priority || rankOf(priority) < rankOf(thawed.priority))
    .filter((priority) => priority !== 'LOWEST')
    .toReversed()
    .map((priority) => ({
      id: `priority ${priority}`,
      priority,
      starts: (kept: Kept) => rankOf(kept.priority) >= rankOf(priority),
    })),
  ...projects
    .filter((project) => !thawed?.projects?.includes(project))
    .map((project) => ({
      id: `project ${project}`,
      project,
      starts: (kept: Kept) => kept.project === project,
    })),
  { id: 'all', starts: () => true },
];
