import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { usePreferences } from '../preferences/preferences.tsx';

/** What the page needs to know about time: the product's clock and the zone of each project. */
export type TimeSource = {
  readonly now: () => number;
  readonly zoneOfProject: (project: string) => string | undefined;
  /** The project that the page is about, when it is about one. */
  readonly project?: string | undefined;
};

export const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const TimeContext = createContext<TimeSource | undefined>(undefined);

export const TimeProvider = ({ source, children }: { source: TimeSource; children: ReactNode }) => (
  <TimeContext value={source}>{children}</TimeContext>
);

const useTimeSource = (): TimeSource => {
  const source = useContext(TimeContext);
  if (!source) throw new Error('no TimeProvider above');
  return source;
};

/** The product's clock, in epoch milliseconds. */
export const useNow = (): (() => number) => useTimeSource().now;

/** The zone of a project; without one that of the project in view, else UTC. */
export const useProjectZone = (project?: string): string => {
  const source = useTimeSource();
  const name = project ?? source.project;
  return (name && source.zoneOfProject(name)) || 'UTC';
};

/** The zone that times are shown in: the person's choice in the header. */
export const useShownZone = (project?: string): string => {
  const { zone } = usePreferences().preferences;
  const projectZone = useProjectZone(project);
  return useMemo(() => {
    if (zone === 'utc') return 'UTC';
    return zone === 'project' ? projectZone : browserZone;
  }, [zone, projectZone]);
};
