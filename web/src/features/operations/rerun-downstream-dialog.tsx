import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import { DownstreamRange } from '../../../../shared/domain/bulk/operation.schema.ts';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { DownstreamTicks } from './downstream-ticks.tsx';
import { PlanDialog } from './plan-dialog.tsx';

const ranges: readonly DownstreamRange[] = ['terminal', 'all-failed', 'all', 'list'];

/** Runs an instance again with what hangs below it, over workflows and projects. For any page that shows an instance. */
export const RerunDownstreamDialog = ({
  instance,
  beforeConfirm,
  onStarted,
  onClose,
}: {
  instance: string;
  beforeConfirm?: (() => Promise<unknown>) | undefined;
  onStarted: (operation: string) => void;
  onClose: () => void;
}) => {
  const t = useT();
  const [range, setRange] = useState<DownstreamRange>('terminal');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [includeRoot, setIncludeRoot] = useState(true);
  const [force, setForce] = useState(false);
  const [comment, setComment] = useState('');
  const missing = range === 'list' && ticked.length === 0;

  return (
    <PlanDialog
      op="rerun-downstream"
      title={t('downstream.title', { task: parseInstanceId(instance)?.task ?? instance })}
      missing={t('downstream.tick-first')}
      request={
        missing
          ? undefined
          : {
              op: 'rerun-downstream',
              downstream: {
                root: instance,
                range,
                includeRoot,
                ...(range === 'list' && { ids: [...ticked] }),
              },
              ...(force && { force }),
              ...(comment.trim() !== '' && { comment: comment.trim() }),
            }
      }
      beforeConfirm={beforeConfirm}
      onStarted={onStarted}
      onClose={onClose}
    >
      <FormField label={t('downstream.range')} stretch>
        <Tiles
          value={range}
          columns={2}
          items={ranges.map((value) => ({
            value,
            label: t(`downstream.range.${value}`),
            description: t(`downstream.range-hint.${value}`),
          }))}
          onChange={({ detail }) => setRange(DownstreamRange.parse(detail.value))}
        />
      </FormField>
      {range === 'list' && (
        <DownstreamTicks instance={instance} ticked={ticked} onTick={setTicked} />
      )}
      <Checkbox checked={includeRoot} onChange={({ detail }) => setIncludeRoot(detail.checked)}>
        {t('downstream.root')}
      </Checkbox>
      <Checkbox
        checked={force}
        description={t('downstream.force-hint')}
        onChange={({ detail }) => setForce(detail.checked)}
      >
        {t('downstream.force')}
      </Checkbox>
      <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
        <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
      </FormField>
    </PlanDialog>
  );
};
