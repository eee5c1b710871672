import Box from '@cloudscape-design/components/box';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';

type Shift = {
  readonly from: string;
  readonly to: string;
  readonly primary: string;
  readonly backup?: string | undefined;
  readonly others: readonly string[];
  readonly swapped: boolean;
};

/** Who is on duty from when to when. */
export const ShiftList = ({ shifts }: { shifts: readonly Shift[] }) => {
  const t = useT();
  return (
    <ol className="plain-list">
      {shifts.map(({ from, to, primary, backup, others, swapped }) => (
        <li key={from}>
          <At at={from} form="full" /> – <At at={to} form="full" />: <strong>{primary}</strong>{' '}
          {backup && t('duty.backup', { name: backup })} {others.join(', ')}
          {swapped && (
            <Box display="inline" color="text-status-warning">
              {' '}
              {t('duty.swapped')}
            </Box>
          )}
        </li>
      ))}
    </ol>
  );
};
