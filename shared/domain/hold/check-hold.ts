import type { Instant } from '../kernel/time.schema.ts';
import type { Hold } from './hold.schema.ts';

/** What is wrong with a field of a hold. */
export type HoldProblem = {
  readonly path: 'reason' | 'from' | 'until' | 'weekly' | 'purpose';
  readonly message: string;
};

/** Most holds of an installation: the gate reads them all. */
export const maxHolds = 500;

/** All that is wrong with a hold that somebody wants at `now`; empty when it may be set. */
export const checkHold = (
  { purpose, reason, since, from, until, weekly }: Hold,
  now: Instant,
): readonly HoldProblem[] => {
  const problems: HoldProblem[] = [];
  const say = (path: HoldProblem['path'], message: string) => problems.push({ path, message });

  if (reason.trim() === '') say('reason', 'must say why, for whoever meets it at night');
  if (until !== undefined && until <= now)
    say('until', `must lie in the future; it is ${now} now. Lift the hold to end it at once`);
  if (from !== undefined && from <= now && from < since)
    say('from', 'lies in the past; leave it out to begin at once');
  if (from !== undefined && until !== undefined && until <= from)
    say('until', 'must come after `from`');
  if (purpose === 'maintenance' && until === undefined && weekly === undefined)
    say('until', 'is needed: a maintenance ends, or comes back each week');
  if (weekly && purpose !== 'maintenance')
    say('weekly', 'belongs to a maintenance; a hold or a drain lasts until it is lifted');
  if (weekly && weekly.from === weekly.to)
    say('weekly', '`from` and `to` must differ; leave the hours out to hold all day');
  return problems;
};
