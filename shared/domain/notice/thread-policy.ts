import type { DayWindow } from '../alert/alert-rule.schema.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';

/** What a rule says about its messages; undefined limits do not limit. */
export type ThreadPolicy = {
  /** The rule exists and is on. */
  readonly enabled: boolean;
  readonly mergeMinutes: number;
  readonly zone: Zone;
  readonly effective?: DayWindow | undefined;
  readonly maxSends?: number | undefined;
  /** Between reminders; undefined: none. */
  readonly frequencyMinutes?: number | undefined;
  /** After the first message; undefined: nobody else is told. */
  readonly escalateMinutes?: number | undefined;
};

/** What people have said about the thing that the thread is about. */
export type ThreadStanding = {
  readonly acknowledged: boolean;
  /** End of a snooze or of do-not-disturb. */
  readonly silentUntil?: Instant | undefined;
  /** Its incident is over, whatever the thread knows by now. */
  readonly over?: boolean | undefined;
};

/** Why something is told to nobody. */
export const quietReasons = {
  'rule-off': 'the rule is off or gone',
  over: 'it was over before',
  acknowledged: 'somebody takes care of it',
  'do-not-disturb': 'nobody is to be disturbed about it now',
  'outside-window': 'it happened outside of the hours of the rule',
  'max-sends': 'the rule has told of it as often as it may',
} as const;
export type QuietReason = keyof typeof quietReasons;
