import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { guard } from '../../ui/form/guard.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { CountText } from './count-text.tsx';
import { DrainProgress } from './drain-progress.tsx';
import { useHoldText } from './use-hold-text.ts';

export type HoldAction = 'lift' | 'change' | 'thaw';

const states = { planned: 'pending', active: 'warning', over: 'stopped' } as const;

/** What a list says about a hold. */
export const useHoldColumns = ({
  mayChange,
  onAct,
}: {
  mayChange: (hold: HoldView) => boolean;
  onAct: (action: HoldAction, hold: HoldView) => void;
}): readonly TableProps.ColumnDefinition<HoldView>[] => {
  const t = useT();
  const words = useHoldText();
  const button = (action: HoldAction, text: string, hold: HoldView) => (
    <Button
      {...guard(mayChange(hold) ? undefined : t('holds.may-not'))}
      variant="inline-link"
      ariaLabel={`${text}: ${words.target(hold.target)}`}
      onClick={() => onAct(action, hold)}
    >
      {text}
    </Button>
  );

  return [
    {
      id: 'target',
      header: t('holds.target'),
      isRowHeader: true,
      cell: (hold) => (
        <>
          <RouteLink to="/holds" search={{ hold: hold.id }}>
            {words.target(hold.target)}
          </RouteLink>
          <Box variant="small" display="block">
            {t(`holds.purpose.${hold.purpose}`)}
            {hold.env && ` · ${t(`shell.env.${hold.env}`)}`}
          </Box>
        </>
      ),
    },
    {
      id: 'state',
      header: t('holds.state'),
      cell: ({ state, thawed }) => (
        <>
          <StatusIndicator type={states[state]}>{t(`holds.state.${state}`)}</StatusIndicator>
          {thawed && (
            <Box variant="small" display="block">
              {t('holds.thawed-text', { what: words.thawed(thawed) })}
            </Box>
          )}
        </>
      ),
    },
    { id: 'kept', header: t('holds.kept-back'), cell: (hold) => <CountText of={hold.keptBack} /> },
    {
      id: 'running',
      header: t('holds.running'),
      cell: (hold) =>
        hold.purpose === 'drain' ? <DrainProgress hold={hold} /> : <CountText of={hold.running} />,
    },
    {
      id: 'lasts',
      header: t('holds.times'),
      cell: (hold) => (
        <div className="cell-text">
          {words.lasts(hold)}
          <Box variant="small" display="block">
            {t('holds.since')} <At at={hold.from ?? hold.since} />
          </Box>
        </div>
      ),
    },
    {
      id: 'reason',
      header: t('common.reason'),
      cell: ({ reason, by }) => (
        <div className="cell-text">
          {reason}
          <Box variant="small" display="block">
            {by}
          </Box>
        </div>
      ),
    },
    {
      id: 'actions',
      header: t('common.actions'),
      minWidth: 160,
      cell: (hold) => (
        <SpaceBetween direction="horizontal" size="xs">
          {hold.purpose === 'freeze' && button('thaw', t('freeze.thaw'), hold)}
          {hold.purpose !== 'freeze' && button('lift', t('holds.lift'), hold)}
          {button('change', t('holds.change'), hold)}
        </SpaceBetween>
      ),
    },
  ];
};
