import { plusDays } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { limitAt } from '../pool/limit-at.ts';
import type { ThrottleRule } from '../pool/pool.schema.ts';
import { throttlePoolId } from '../pool/pools-of.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';

/** A limit that holds from an instant on. */
type LimitChange = { readonly pool: string; readonly at: Instant; readonly limit: number };

/** When the windows of the rules begin or end, from `from` (exclusive) to `until`. */
export const limitChanges = (
  rules: readonly ThrottleRule[],
  from: Instant,
  until: Instant,
): readonly LimitChange[] =>
  rules.flatMap((rule) => {
    const { name, windows, zone } = rule;
    const clocks = new Set(windows.flatMap((window) => [window.from, window.to]));
    const changes: LimitChange[] = [];
    const last = localDateAt(until, zone);
    for (let day = localDateAt(from, zone); clocks.size > 0 && day <= last; day = plusDays(day, 1))
      for (const clock of clocks) {
        const at = instantOfLocal(`${day}T${clock}`, zone);
        if (at > from && at <= until)
          changes.push({ pool: throttlePoolId(name), at, limit: limitAt(rule, at) });
      }
    return changes;
  });
