import * as z from 'zod';
import {
  type ClockWish,
  type HostClock,
  hostClock,
  type StoredClock,
  settleClock,
} from './clock.ts';
import { HostError } from './host-error.ts';
import type { StateStore } from './state-store.ts';

/** How far ahead of the clock the note stands, so that a killed host never sets it back. */
const leadMs = 2000;
const keepEveryMs = 1000;

const Stored = z.object({ offset: z.number(), speed: z.number(), resumeAt: z.number() });

/** The clock of this start, noted in the state as time passes. */
export const keptClock = (store: StateStore, wish: ClockWish): HostClock & { close(): void } => {
  const setting = settleClock(readStored(store), wish, Date.now());
  if ('refused' in setting) throw new HostError(setting.refused);
  const clock = hostClock(setting);
  const keep = (lead: number): void => {
    const stored: StoredClock = { ...setting, resumeAt: clock.now() + lead * setting.speed };
    store.setNote('clock', JSON.stringify(stored));
  };
  keep(leadMs);
  const timer = setInterval(() => keep(leadMs), keepEveryMs);
  return {
    ...clock,
    close: () => {
      clearInterval(timer);
      keep(0);
    },
  };
};

function readStored(store: StateStore): StoredClock | undefined {
  const note = store.note('clock');
  return note === undefined ? undefined : Stored.parse(JSON.parse(note));
}
