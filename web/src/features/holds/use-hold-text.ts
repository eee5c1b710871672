import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import type { Hold, HoldTarget } from '../../../../shared/domain/hold/hold.schema.ts';
import { targetText } from '../../../../shared/domain/hold/read-target.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatShort } from '../../ui/time/format.ts';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';

/** A hold in words: what it is of, how long it lasts, what of a freeze is thawed. */
export const useHoldText = () => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const now = useNow();
  const timeOf = (at: string) => formatShort(at, zone, language, now());

  const target = (of: HoldTarget): string =>
    of.kind === 'everything'
      ? t('holds.kind.everything')
      : `${t(`holds.kind.${of.kind}`)} ${targetText(of)}`;

  const lasts = ({ weekly, from, until, clearsAt, state }: HoldView): string => {
    if (weekly)
      return t('holds.weekly-text', {
        days: weekly.days.map((day) => t(`holds.day.${day}`)).join(' '),
        from: weekly.from,
        to: weekly.to,
        zone: weekly.zone,
      });
    const begins = state === 'planned' && from ? [t('holds.begins', { time: timeOf(from) })] : [];
    const end = clearsAt ?? until;
    const ends = end ? t('holds.until', { time: timeOf(end) }) : t('holds.until-lifted');
    return [...begins, ends].join(' ');
  };

  const thawed = (of: Hold['thawed']): string =>
    [
      ...(of?.priority
        ? [t('holds.thawed-priority', { priority: t(`priority.${of.priority}`) })]
        : []),
      ...(of?.projects ?? []),
    ].join(', ');

  return { target, lasts, thawed, timeOf };
};
