import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Translate } from '../../ui/i18n/translate.ts';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { movesQuery } from './instances.queries.ts';
import { type KnownMove, knownMoves } from './known-moves.ts';

/** The whole history of an instance, newest first: what moved, by whom and why. */
export const MovesList = ({ instance, project }: { instance: string; project: string }) => {
  const t = useT();
  const moves = useQuery(movesQuery(instance));

  return (
    <Loaded query={moves}>
      {({ items }) => (
        <Table
          variant="container"
          wrapLines
          header={<Header variant="h2">{t('instance.tab.moves')}</Header>}
          ariaLabels={{ tableLabel: t('instance.tab.moves') }}
          items={items.toReversed()}
          trackBy={({ seq }) => String(seq)}
          columnDefinitions={[
            { id: 'seq', header: t('moves.seq'), cell: ({ seq }) => seq },
            {
              id: 'at',
              header: t('moves.at'),
              cell: ({ at }) => <At at={at} project={project} form="full" />,
            },
            {
              id: 'move',
              header: t('moves.move'),
              isRowHeader: true,
              cell: ({ move }) => moveText(t, move),
            },
            {
              id: 'status',
              header: t('moves.status'),
              cell: ({ to }) => <InstanceStatus status={to} />,
            },
            { id: 'actor', header: t('moves.actor'), cell: ({ actor }) => actor },
            {
              id: 'reason',
              header: t('common.reason'),
              cell: ({ reason }) => reason ?? t('common.none'),
            },
          ]}
        />
      )}
    </Loaded>
  );
};

/** A move that this console does not know yet keeps its name. */
const moveText = (t: Translate, move: string): string => (isKnown(move) ? t(`move.${move}`) : move);

const isKnown = (move: string): move is KnownMove => knownMoves.some((known) => known === move);
