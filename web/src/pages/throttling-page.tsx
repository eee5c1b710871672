import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { maxThrottleRules } from '../../../shared/domain/pool/pool.schema.ts';
import { useMay } from '../features/access/access.queries.ts';
import { DeletePool, type Doomed } from '../features/pools/delete-pool.tsx';
import { PoolTable } from '../features/pools/pool-table.tsx';
import { PoolUse } from '../features/pools/pool-use.tsx';
import { poolsQuery, rulesQuery } from '../features/pools/pools.queries.ts';
import type { RuleRow } from '../features/pools/rule-draft.ts';
import { RuleForm } from '../features/pools/rule-form.tsx';
import { RuleScope } from '../features/pools/rule-scope.tsx';
import { RuleWindows } from '../features/pools/rule-windows.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';
import { HoldButton } from './parts/hold-button.tsx';

const route = getRouteApi('/in/system/throttling');

/** Throttling rules: scope, limit, windows, use and queue of each. */
export const ThrottlingPage = () => {
  const t = useT();
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { pool: opened, text } = route.useSearch();
  const mayEdit = useMay()('admin');
  const rules = useQuery(rulesQuery());
  const use = useQuery(poolsQuery(env));
  const [editing, setEditing] = useState<{ readonly rule: RuleRow | undefined }>();
  const [doomed, setDoomed] = useState<Doomed>();
  const inUse = new Map(use.data?.items.map((each) => [each.pool.id, each]));

  return (
    <>
      <Loaded query={rules}>
        {({ items }) => (
          <PoolTable
            title={t('throttling.title')}
            description={t('throttling.description')}
            count={t('throttling.count', { count: items.length, most: maxThrottleRules })}
            create={t('throttling.new')}
            createRefused={
              items.length >= maxThrottleRules
                ? t('throttling.full', { most: maxThrottleRules })
                : undefined
            }
            empty={t('throttling.empty')}
            page="/system/throttling"
            text={text}
            onFilter={(next) =>
              void navigate({ search: (before) => ({ ...before, text: next }), replace: true })
            }
            rows={items.map((rule) => {
              const pool = `throttle:${rule.name}`;
              const now = inUse.get(pool);
              return {
                ...{ name: rule.name, description: rule.description, enabled: rule.enabled },
                ...{ pool, rule, used: now?.used, waiting: now?.waiting },
                // The limit that holds now: a window may change it.
                limit: now?.pool.limit ?? rule.maxConcurrency,
              };
            })}
            more={[
              {
                id: 'windows',
                header: t('throttling.limit'),
                cell: ({ rule }) => <RuleWindows rule={rule} />,
              },
              {
                id: 'scope',
                header: t('pools.scope'),
                cell: ({ rule }) => <RuleScope rule={rule} />,
              },
            ]}
            mayEdit={mayEdit}
            onCreate={() => setEditing({ rule: undefined })}
            onEdit={({ rule }) => setEditing({ rule })}
            onDelete={({ rule: { name, rev } }) => setDoomed({ kind: 'rule', name, rev })}
          />
        )}
      </Loaded>
      {editing && <RuleForm rule={editing.rule} onClose={() => setEditing(undefined)} />}
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
