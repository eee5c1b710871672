import { useLanguage } from '../i18n/language-provider.tsx';
import { formatInstant, formatRelative, formatShort, zoneText } from './format.ts';
import { browserZone, useNow, useProjectZone, useShownZone } from './time-provider.tsx';

/**
 * An instant in the zone of the header. Pointing at it shows it in the project's zone and in the browser's (or UTC), so
 * nobody has to compute.
 */
export const At = ({
  at,
  project,
  form = 'short',
}: {
  at: string | null | undefined;
  project?: string | undefined;
  form?: 'short' | 'full' | 'relative';
}) => {
  const language = useLanguage();
  const zone = useShownZone(project);
  const projectZone = useProjectZone(project);
  const now = useNow();
  if (!at) return '–';

  const zones = new Set([zone, projectZone, browserZone]);
  if (zones.size === 1) zones.add('UTC');
  const title = [...zones]
    .map((z) => `${formatInstant(at, z, language)} ${zoneText(z, at, language)}`)
    .join('\n');
  const text = {
    short: () => formatShort(at, zone, language, now()),
    full: () => formatInstant(at, zone, language),
    relative: () => formatRelative(at, now(), language),
  }[form]();

  return (
    <time dateTime={at} title={title} className="nowrap">
      {text}
    </time>
  );
};
