import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { HoldView } from '../../../shared/contracts/api/hold-routes.ts';
import { projectOfHold, roleForHold } from '../../../shared/domain/hold/hold-place.ts';
import { useMay } from '../features/access/access.queries.ts';
import { ChangeDialog } from '../features/holds/change-dialog.tsx';
import { FreezeDialog } from '../features/holds/freeze-dialog.tsx';
import { HoldDialog } from '../features/holds/hold-dialog.tsx';
import { holdsQuery } from '../features/holds/holds.queries.ts';
import { LiftDialog } from '../features/holds/lift-dialog.tsx';
import { MaintenanceStrip } from '../features/holds/maintenance-strip.tsx';
import { RunningDialog } from '../features/holds/running-dialog.tsx';
import { ThawDialog } from '../features/holds/thaw-dialog.tsx';
import { type HoldAction, useHoldColumns } from '../features/holds/use-hold-columns.tsx';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { guard } from '../ui/form/guard.ts';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useScope } from '../ui/scope.ts';

const route = getRouteApi('/in/holds');
const idOf = ({ id }: HoldView) => id;

/** The big red switch, in the colours of the theme. */
const everywhere = (color: string) => ({ default: color, hover: color, active: color });
const red = {
  root: {
    background: everywhere('var(--ns-error)'),
    borderColor: everywhere('var(--ns-error)'),
    color: everywhere('var(--ns-surface)'),
  },
};

type Doing = { readonly action: HoldAction; readonly hold: HoldView };

/** What is kept from starting, by whom and until when; the big red switch and the way back. */
export const HoldsPage = () => {
  const t = useT();
  const { project } = useScope();
  const navigate = route.useNavigate();
  const { hold: opened } = route.useSearch();
  const may = useMay();
  const list = useQuery(holdsQuery(project));
  const { data: projects = [] } = useQuery(projectsQuery());
  const [creating, setCreating] = useState<'hold' | 'freeze'>();
  const [doing, setDoing] = useState<Doing>();
  const items = list.data?.items ?? [];
  const frozen = items.some(({ purpose, thawed }) => purpose === 'freeze' && !thawed);

  const open = (hold: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, hold }), replace: true });
  const columns = useHoldColumns({
    mayChange: ({ target }) => may(roleForHold(target), projectOfHold(target)),
    onAct: (action, hold) => setDoing({ action, hold }),
  });
  const close = () => setDoing(undefined);

  return (
    <SpaceBetween size="l">
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('holds.title')}
        title={t('holds.title')}
        description={t('holds.about')}
        columns={columns}
        items={items}
        idOf={idOf}
        loading={list.isPending}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setCreating('hold')}>{t('holds.new')}</Button>
            {!frozen && (
              <Button
                {...guard(may('admin') ? undefined : t('holds.no-freeze'))}
                iconName="lock-private"
                style={red}
                onClick={() => setCreating('freeze')}
              >
                {t('freeze.button')}
              </Button>
            )}
          </SpaceBetween>
        }
        empty={
          !list.isError && (
            <EmptyList
              text={t('holds.empty')}
              action={<Button onClick={() => setCreating('hold')}>{t('holds.new')}</Button>}
            />
          )
        }
      />
      {list.data && <MaintenanceStrip holds={items} now={list.data.at} onOpen={open} />}
      {creating === 'hold' && <HoldDialog onClose={() => setCreating(undefined)} />}
      {creating === 'freeze' && <FreezeDialog onClose={() => setCreating(undefined)} />}
      {doing?.action === 'lift' && <LiftDialog hold={doing.hold} onClose={close} />}
      {doing?.action === 'change' && <ChangeDialog hold={doing.hold} onClose={close} />}
      {doing?.action === 'thaw' && (
        <ThawDialog hold={doing.hold} projects={projects.map(({ name }) => name)} onClose={close} />
      )}
      {opened && <RunningDialog hold={opened} onClose={() => open(undefined)} />}
    </SpaceBetween>
  );
};
