import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import * as z from 'zod';

/** What a person sets once for this browser. */
export const Preferences = z.object({
  language: z.enum(['en', 'zh-CN']).catch(() => browserLanguage()),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  zone: z.enum(['browser', 'utc', 'project']).catch('browser'),
  refreshSeconds: z.union([0, 5, 10, 30, 60].map((s) => z.literal(s))).catch(10),
  logRefreshSeconds: z.union([0, 5, 10, 30, 60].map((s) => z.literal(s))).catch(0),
  navigationOpen: z.boolean().catch(true),
  /** Columns of each list by its name, in order; a list that is missing shows all. */
  columns: z
    .record(z.string(), z.array(z.object({ id: z.string(), visible: z.boolean() })))
    .catch({}),
  pageSize: z.union([25, 50, 100].map((n) => z.literal(n))).catch(25),
});
export type Preferences = z.infer<typeof Preferences>;

type Holder = {
  readonly preferences: Preferences;
  readonly prefer: (change: Partial<Preferences>) => void;
};

const storageKey = 'nightshift.preferences';
const PreferencesContext = createContext<Holder | undefined>(undefined);

export const PreferencesProvider = ({ children }: { children: ReactNode }) => {
  const [preferences, setPreferences] = useState(stored);

  const prefer = useCallback((change: Partial<Preferences>) => {
    setPreferences((before) => {
      const after = { ...before, ...change };
      keep(after);
      return after;
    });
  }, []);
  const holder = useMemo(() => ({ preferences, prefer }), [preferences, prefer]);

  return <PreferencesContext value={holder}>{children}</PreferencesContext>;
};

/** The preferences and the function that changes some of them. */
export const usePreferences = (): Holder => {
  const holder = useContext(PreferencesContext);
  if (!holder) throw new Error('no PreferencesProvider above');
  return holder;
};

function stored(): Preferences {
  try {
    return Preferences.parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return Preferences.parse({});
  }
}

/** Private windows may refuse storage: then the choice lasts as long as the page. */
function keep(preferences: Preferences): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    return;
  }
}

function browserLanguage(): 'en' | 'zh-CN' {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
