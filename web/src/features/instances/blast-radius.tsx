import Box from '@cloudscape-design/components/box';
import { useQueries } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { isActive, isEnded } from '../../../../shared/domain/instance/lifecycle.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { neighbourhoodQuery, type Operation } from './instances.queries.ts';

/** What is below more than these is counted by the plan of a bulk operation, not while a dialog opens. */
const counted = 5;
const levels = 10;

/** These change what becomes of what waits for the instances. */
const reachesDown: ReadonlySet<Operation> = new Set<Operation>([
  ...(['rerun', 'force-rerun', 'set-success', 'terminate', 'pause', 'hold'] as const),
  ...(['approve', 'reject', 'undo'] as const),
]);

/** These stop what runs. */
const stops: ReadonlySet<Operation> = new Set<Operation>(['terminate', 'force-rerun']);

/** What an operation does to the rows and to what waits for them. */
export const BlastRadius = ({
  operation,
  rows,
}: {
  operation: Operation;
  rows: readonly InstanceRow[];
}) => {
  const t = useT();
  const looks = reachesDown.has(operation) && rows.length <= counted;
  const around = useQueries({
    queries: looks ? rows.map(({ id }) => neighbourhoodQuery(id, 0, levels)) : [],
  });
  const running = rows.filter(isActive).length;
  const own = new Set(rows.map(({ id }) => id));
  const below = new Map(
    around
      .flatMap(({ data }) => data?.nodes ?? [])
      .filter(({ id, family }) => !own.has(id) && family !== 'barrier')
      .map((node) => [node.id, node.status] as const),
  );
  const statuses = [...below.values()].flatMap((status) => (status ? [{ status }] : []));
  const ended = statuses.filter(isEnded).length;
  const active = statuses.filter(isActive).length;
  const more = around.some(({ data }) => data?.truncated);

  return (
    <div>
      <Box>{t(`blast.${operation}`)}</Box>
      {stops.has(operation) && running > 0 && (
        <Box color="text-status-warning">{t('blast.stops', { count: running })}</Box>
      )}
      {below.size > 0 && (
        <Box>
          {t('blast.below', { count: below.size })}:{' '}
          {t('blast.below-parts', {
            waiting: below.size - ended - active,
            running: active,
            ended,
          })}
          {more && ` · ${t('blast.below-more', { count: below.size })}`}
        </Box>
      )}
      {reachesDown.has(operation) && !looks && (
        <Box color="text-body-secondary">{t('blast.not-counted', { count: counted })}</Box>
      )}
    </div>
  );
};
