import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from './preferences.tsx';

const darkSystem = matchMedia('(prefers-color-scheme: dark)');

const subscribe = (changed: () => void) => {
  darkSystem.addEventListener('change', changed);
  return () => darkSystem.removeEventListener('change', changed);
};

/** Whether the page is dark now: the preference, else the system's. */
export const useDark = (): boolean => {
  const { theme } = usePreferences().preferences;
  const system = useSyncExternalStore(subscribe, () => darkSystem.matches);
  return theme === 'system' ? system : theme === 'dark';
};

/** Puts theme and density on the document by class names only, so that a strict content security policy holds. */
export const useTheme = (): void => {
  const dark = useDark();
  const { density } = usePreferences().preferences;

  useEffect(() => applyMode(dark ? Mode.Dark : Mode.Light), [dark]);
  useEffect(
    () => applyDensity(density === 'compact' ? Density.Compact : Density.Comfortable),
    [density],
  );
};
