/** virtual = real × speed + offset, both in milliseconds; `{ offset: 0, speed: 1 }` is the real time. */
export type ClockSetting = { readonly offset: number; readonly speed: number };

export const realTime: ClockSetting = { offset: 0, speed: 1 };

export type HostClock = {
  readonly setting: ClockSetting;
  /** Virtual time, epoch milliseconds. */
  now(): number;
  /** Virtual time as an instant. */
  iso(): string;
  /** How long a stretch of virtual milliseconds takes here, never negative. */
  realDelay(virtualMs: number): number;
};

export const hostClock = (setting: ClockSetting): HostClock => {
  const now = (): number => Math.floor(Date.now() * setting.speed + setting.offset);
  return {
    setting,
    now,
    iso: () => new Date(now()).toISOString(),
    realDelay: (virtualMs) => Math.max(0, virtualMs / setting.speed),
  };
};

export type ClockWish = { readonly at?: number | undefined; readonly speed?: number | undefined };

/** What the state folder remembers: `resumeAt` lies at or after every instant that anyone was told. */
export type StoredClock = ClockSetting & { readonly resumeAt: number };

export type ClockRefused = { readonly refused: string };

/**
 * The setting of this start. A virtual clock stands still while the host is down; time never goes
 * back in a used state folder, because what is stored there would lie in the future.
 */
export const settleClock = (
  stored: StoredClock | undefined,
  wish: ClockWish,
  realNow: number,
): ClockSetting | ClockRefused => {
  const speed = wish.speed ?? stored?.speed ?? 1;
  const wasReal = stored === undefined || (stored.speed === 1 && stored.offset === 0);
  const earliest = stored?.resumeAt;
  if (wish.at === undefined && wasReal && speed === 1) return realTime;

  const start = wish.at ?? (wasReal ? realNow : (earliest ?? realNow));
  if (earliest !== undefined && start < earliest)
    return {
      refused: `--at ${new Date(start).toISOString()} lies before ${new Date(earliest).toISOString()}, where this state folder stands: add --fresh`,
    };
  return { offset: start - realNow * speed, speed };
};
