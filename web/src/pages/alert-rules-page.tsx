import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AlertRuleView } from '../../../shared/contracts/api/alert-rule-routes.ts';
import type { Receiver } from '../../../shared/domain/notice/receivers.schema.ts';
import { call } from '../api/call.ts';
import { useMay } from '../features/access/access.queries.ts';
import { AlertForm } from '../features/notify/alert-form.tsx';
import { AlertTable } from '../features/notify/alert-table.tsx';
import { alertRulesQuery } from '../features/notify/notify.queries.ts';
import { ReceiversField } from '../features/notify/receivers-field.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { guard } from '../ui/form/guard.ts';
import { useT } from '../ui/i18n/language-provider.tsx';
import { BatchDialog } from '../ui/list/batch-dialog.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useSelection } from '../ui/list/use-selection.ts';
import { InProject } from './parts/in-project.tsx';

/** Offline task monitoring: when a task is an alert. */
export const AlertRulesPage = () => (
  <InProject>{(project) => <Rules key={project} project={project} />}</InProject>
);

const idOf = ({ id }: AlertRuleView) => id;

type Batch = 'activate' | 'deactivate' | 'receivers' | 'delete';

const Rules = ({ project }: { project: string }) => {
  const t = useT();
  const may = useMay();
  const client = useQueryClient();
  const rules = useQuery(alertRulesQuery(project));
  const selection = useSelection(idOf);
  const [editing, setEditing] = useState<{ readonly rule: AlertRuleView | undefined }>();
  const [batch, setBatch] = useState<Batch>();
  const [receivers, setReceivers] = useState<readonly Receiver[]>([]);
  const refusal = may('developer', project) ? undefined : t('notify.needs-developer');
  const noSwitch = may('operator', project) ? undefined : t('notify.needs-operator');
  const nothing = selection.ids.size === 0 ? t('batch.select-first') : undefined;
  const create = (
    <Button {...guard(refusal)} onClick={() => setEditing({ rule: undefined })}>
      {t('arules.new')}
    </Button>
  );
  const names: Readonly<Record<Batch, string>> = {
    activate: t('notify.activate'),
    deactivate: t('notify.deactivate'),
    receivers: t('arules.change-receivers'),
    delete: t('common.delete'),
  };
  const runBatch = (op: Batch, ids: string[], comment: string | undefined) => {
    const params = { project };
    if (op === 'receivers')
      return call('changeAlertReceivers', {
        params,
        body: { rules: ids, receivers: [...receivers], comment },
      });
    return op === 'delete'
      ? call('deleteAlertRules', { params, body: { rules: ids, comment } })
      : call('switchAlertRules', {
          params,
          body: { rules: ids, enabled: op === 'activate', comment },
        });
  };

  return (
    <Loaded query={rules}>
      {({ items, channels }) => (
        <>
          <AlertTable
            rules={items}
            selection={selection}
            refusal={refusal}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {(['activate', 'deactivate'] as const).map((op) => (
                  <Button key={op} {...guard(nothing ?? noSwitch)} onClick={() => setBatch(op)}>
                    {names[op]}
                  </Button>
                ))}
                {(['receivers', 'delete'] as const).map((op) => (
                  <Button key={op} {...guard(nothing ?? refusal)} onClick={() => setBatch(op)}>
                    {names[op]}
                  </Button>
                ))}
                {create}
              </SpaceBetween>
            }
            empty={<EmptyList text={t('arules.empty')} action={create} />}
            onEdit={(rule) => setEditing({ rule })}
          />
          {editing && (
            <AlertForm
              project={project}
              rule={editing.rule}
              channels={channels}
              onClose={() => setEditing(undefined)}
            />
          )}
          {batch && (
            <BatchDialog
              action={names[batch]}
              items={items
                .filter(({ id }) => selection.ids.has(id))
                .map(({ id, name }) => ({ id, name }))}
              canRun={batch !== 'receivers' || receivers.length > 0}
              options={
                batch === 'receivers' && (
                  <ReceiversField
                    label={t('receiver.field')}
                    value={receivers}
                    onChange={setReceivers}
                  />
                )
              }
              run={(ids, { comment }) => runBatch(batch, ids, comment)}
              onClose={(changed) => {
                setBatch(undefined);
                if (!changed) return;
                selection.clear();
                void client.invalidateQueries({ queryKey: ['alert-rules'] });
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
};
