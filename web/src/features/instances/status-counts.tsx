import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import { Status as Statuses } from '../../../../shared/domain/instance/instance.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';

/** How many instances have each status; a click filters the list. Statuses that nobody has are left out. */
export const StatusCounts = ({
  counts,
  total,
  onPick,
}: {
  counts: Readonly<Partial<Record<Status, number>>>;
  total: number;
  onPick?: (status: Status) => void;
}) => {
  const t = useT();
  const present = Statuses.options.filter((status) => (counts[status] ?? 0) > 0);

  return (
    <section aria-label={t('instances.counts')}>
      <SpaceBetween direction="horizontal" size="l">
        <Box>{t('instances.total', { count: total })}</Box>
        {present.map((status) => (
          <SpaceBetween key={status} direction="horizontal" size="xxs">
            <InstanceStatus status={status} />
            {onPick ? (
              <Link
                onFollow={() => onPick(status)}
                ariaLabel={`${t(`status.${status}`)}: ${counts[status] ?? 0}`}
              >
                {counts[status]}
              </Link>
            ) : (
              <Box>{counts[status]}</Box>
            )}
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </section>
  );
};
