import { useRouteContext } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';

/** The time of a virtual clock as a text that ticks; undefined while the clock is the real one. */
export const useVirtualClock = (): string | undefined => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const { clock } = useRouteContext({ from: '__root__' });
  const [, tick] = useState(0);

  useEffect(() => {
    if (!clock.virtual) return;
    const timer = setInterval(() => tick((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [clock]);

  if (!clock.virtual) return undefined;
  return t('shell.clock', { time: formatInstant(clock.now(), zone, language), speed: clock.speed });
};
