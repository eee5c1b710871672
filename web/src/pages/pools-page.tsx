import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../features/access/access.queries.ts';
import { DeletePool, type Doomed } from '../features/pools/delete-pool.tsx';
import { GroupForm, type GroupRow } from '../features/pools/group-form.tsx';
import { PoolTable } from '../features/pools/pool-table.tsx';
import { PoolUse } from '../features/pools/pool-use.tsx';
import { groupsQuery, poolsQuery } from '../features/pools/pools.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';
import { HoldButton } from './parts/hold-button.tsx';

const route = getRouteApi('/in/system/pools');

/** Resource groups: slots, use and queue of each. */
export const PoolsPage = () => {
  const t = useT();
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { pool: opened, text } = route.useSearch();
  const mayEdit = useMay()('admin');
  const groups = useQuery(groupsQuery());
  const use = useQuery(poolsQuery(env));
  const [editing, setEditing] = useState<{ readonly group: GroupRow | undefined }>();
  const [doomed, setDoomed] = useState<Doomed>();
  const inUse = new Map(use.data?.items.map((each) => [each.pool.id, each]));

  return (
    <>
      <Loaded query={groups}>
        {({ items }) => (
          <PoolTable
            title={t('groups.title')}
            description={t('groups.description')}
            count={String(items.length)}
            create={t('pools.new-group')}
            empty={t('pools.groups-empty')}
            page="/system/pools"
            text={text}
            onFilter={(next) =>
              void navigate({ search: (before) => ({ ...before, text: next }), replace: true })
            }
            rows={items.map((group) => {
              const pool = `group:${group.name}`;
              const now = inUse.get(pool);
              return {
                ...{ name: group.name, description: group.description, enabled: true },
                ...{ pool, group, limit: group.slots, used: now?.used, waiting: now?.waiting },
              };
            })}
            mayEdit={mayEdit}
            onCreate={() => setEditing({ group: undefined })}
            onEdit={({ group }) => setEditing({ group })}
            onDelete={({ group: { name, rev } }) => setDoomed({ kind: 'group', name, rev })}
          />
        )}
      </Loaded>
      {editing && <GroupForm group={editing.group} onClose={() => setEditing(undefined)} />}
      {doomed && <DeletePool pool={doomed} env={env} onClose={() => setDoomed(undefined)} />}
      {opened && (
        <PoolUse
          env={env}
          pool={opened}
          actions={<HoldButton target={{ kind: 'pool', pool: opened }} />}
          onClose={() =>
            void navigate({ search: (before) => ({ ...before, pool: undefined }), replace: true })
          }
        />
      )}
    </>
  );
};
