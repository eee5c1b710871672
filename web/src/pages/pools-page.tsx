import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../features/access/access.queries.ts';
import { DeleteDialog, type Doomed } from '../features/pools/delete-dialog.tsx';
import { GroupForm, type GroupRow } from '../features/pools/group-form.tsx';
import { PoolTable } from '../features/pools/pool-table.tsx';
import { PoolUse } from '../features/pools/pool-use.tsx';
import { groupsQuery, poolsQuery, rulesQuery } from '../features/pools/pools.queries.ts';
import { RuleForm, type RuleRow } from '../features/pools/rule-form.tsx';
import { RuleScope } from '../features/pools/rule-scope.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';

const route = getRouteApi('/in/system/pools');

/** What a form is open for: a new one, or this one. */
type Editing =
  | { readonly kind: 'rule'; readonly rule: RuleRow | undefined }
  | { readonly kind: 'group'; readonly group: GroupRow | undefined };

export const PoolsPage = () => {
  const t = useT();
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { pool: opened } = route.useSearch();
  const mayEdit = useMay()('admin');
  const rules = useQuery(rulesQuery());
  const groups = useQuery(groupsQuery());
  const use = useQuery(poolsQuery(env));
  const [editing, setEditing] = useState<Editing>();
  const [doomed, setDoomed] = useState<Doomed>();

  const inUse = new Map(
    use.data?.items.map(({ pool, used }) => [pool.id, { used, limit: pool.limit }]),
  );
  const open = (pool: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, pool }), replace: true });

  return (
    <SpaceBetween size="l">
      <Header variant="h1">{t('pools.title')}</Header>
      <Loaded query={rules}>
        {({ items }) => (
          <PoolTable
            title={t('pools.rules')}
            create={t('pools.new-rule')}
            empty={t('pools.rules-empty')}
            rows={items.map((rule) => ({
              ...rule,
              rule,
              // The limit that holds now: a window may change it.
              limit: inUse.get(`throttle:${rule.name}`)?.limit ?? rule.maxConcurrency,
              used: inUse.get(`throttle:${rule.name}`)?.used,
            }))}
            more={[
              {
                id: 'scope',
                header: t('pools.scope'),
                cell: ({ rule }) => <RuleScope rule={rule} />,
              },
            ]}
            mayEdit={mayEdit}
            onCreate={() => setEditing({ kind: 'rule', rule: undefined })}
            onOpen={({ name }) => open(`throttle:${name}`)}
            onEdit={({ rule }) => setEditing({ kind: 'rule', rule })}
            onDelete={({ name, rev }) => setDoomed({ kind: 'rule', name, rev })}
          />
        )}
      </Loaded>
      <Loaded query={groups}>
        {({ items }) => (
          <PoolTable
            title={t('pools.groups')}
            create={t('pools.new-group')}
            empty={t('pools.groups-empty')}
            rows={items.map((group) => ({
              ...group,
              group,
              enabled: true,
              limit: group.slots,
              used: inUse.get(`group:${group.name}`)?.used,
            }))}
            mayEdit={mayEdit}
            onCreate={() => setEditing({ kind: 'group', group: undefined })}
            onOpen={({ name }) => open(`group:${name}`)}
            onEdit={({ group }) => setEditing({ kind: 'group', group })}
            onDelete={({ name, rev }) => setDoomed({ kind: 'group', name, rev })}
          />
        )}
      </Loaded>
      {editing?.kind === 'rule' && (
        <RuleForm rule={editing.rule} onClose={() => setEditing(undefined)} />
      )}
      {editing?.kind === 'group' && (
        <GroupForm group={editing.group} onClose={() => setEditing(undefined)} />
      )}
      {doomed && <DeleteDialog pool={doomed} onClose={() => setDoomed(undefined)} />}
      {opened && <PoolUse env={env} pool={opened} onClose={() => open(undefined)} />}
    </SpaceBetween>
  );
};
