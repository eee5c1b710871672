import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { parseInstanceId } from '../../../../shared/domain/instance/instance-id.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { neighbourhoodQuery, useRemoveUpstreams } from './instances.queries.ts';

/** The API takes as many in one transaction. */
const most = 30;

/** Chooses upstreams of one instance that it shall wait for no longer. */
export const RemoveUpstreamDialog = ({
  row,
  preselected = [],
  onClose,
}: {
  row: Pick<InstanceRow, 'id' | 'task'>;
  preselected?: readonly string[];
  onClose: () => void;
}) => {
  const t = useT();
  const say = useSay();
  const around = useQuery(neighbourhoodQuery(row.id, 1, 0));
  const [chosen, setChosen] = useState<readonly string[]>(preselected);
  const [comment, setComment] = useState('');
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const remove = useRemoveUpstreams();
  const action = t('move.remove-upstream');

  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel={t('common.close')}
      header={`${action} · ${row.task}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              loading={remove.isPending}
              disabled={chosen.length === 0 || chosen.length > most}
              onClick={() =>
                remove.mutate(
                  {
                    instance: row.id,
                    body: { parents: [...chosen], comment: comment || undefined },
                    idempotencyKey,
                  },
                  {
                    onSuccess: () => {
                      say({ type: 'success', header: t('instance.done', { action }) });
                      onClose();
                    },
                  },
                )
              }
            >
              {t('batch.run', { action, count: chosen.length })}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {remove.isError && (
          <ProblemAlert error={remove.error} header={t('problem.action', { action })} />
        )}
        <Box>{t('instance.remove-text')}</Box>
        <Loaded query={around}>
          {({ nodes }) => {
            const options = nodes
              .filter(({ level }) => level < 0)
              .map(({ id, status }) => ({
                value: id,
                label: nameOf(id),
                description: status ? t(`status.${status}`) : t('neighbours.missing'),
              }));
            if (options.length === 0) return <Alert type="info">{t('instance.remove-none')}</Alert>;
            return (
              <FormField
                label={t('instance.remove-pick')}
                errorText={chosen.length > most && t('instance.remove-most', { count: most })}
              >
                <Multiselect
                  options={options}
                  selectedOptions={options.filter(({ value }) => chosen.includes(value))}
                  filteringType="auto"
                  expandToViewport
                  onChange={({ detail }) =>
                    setChosen(detail.selectedOptions.flatMap(({ value }) => value ?? []))
                  }
                />
              </FormField>
            );
          }}
        </Loaded>
        <FormField label={t('common.comment')} constraintText={t('common.comment-hint')}>
          <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
};

const nameOf = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow} · ${ref.task} · ${ref.bizDate} · ${ref.index}` : id;
};
