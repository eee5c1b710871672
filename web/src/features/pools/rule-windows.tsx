import { Weekday } from '../../../../shared/domain/pool/pool.schema.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { RuleRow } from './rule-draft.ts';

/** The limit of a rule, and the hours at which it has another, one a line, with the zone that they are meant in. */
export const RuleWindows = ({
  rule: { windows, zone, maxConcurrency: limit },
}: {
  rule: RuleRow;
}) => {
  const t = useT();
  if (windows.length === 0) return <>{limit}</>;

  const daysText = (days: RuleRow['windows'][number]['days']) =>
    days.length === Weekday.options.length
      ? ''
      : `${days.map((day) => t(`weekday.${day}`)).join(' ')} `;
  return (
    <>
      <div>{limit}</div>
      {windows.map(({ days, from, to, maxConcurrency }) => (
        <div key={`${days.join()} ${from} ${to}`} className="nowrap">
          {`${daysText(days)}${from}–${to}: ${t('throttling.window-limit', { limit: maxConcurrency })}`}
        </div>
      ))}
      <small>{zone}</small>
    </>
  );
};
