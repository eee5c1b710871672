import type { StageOutput } from '../../shared/contracts/stages.ts';
import { isoOf, laterOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';

/** A tick comes at most 60 s late and the next one a minute after it, so 150 s leave no gap (design.md §5). */
export const lookAheadSeconds = 150;

/** Candidates read per stripe; what lies behind them is met by the admission of the same second or the next tick. */
const perStripe = 500;

/**
 * The distinct seconds within the next 150 s at which something falls due, by stripe of the queue. Nothing is decided
 * here: admission asks the gate when the second has come.
 */
export const lookAhead =
  ({ instances, clock }: { readonly instances: InstanceStore; readonly clock: Clock }) =>
  async (): Promise<StageOutput<'dispatch-look'>> => {
    const now = clock();
    const until = plusSeconds(now, lookAheadSeconds);
    const stripes = await Promise.all(
      stripesUpTo(queueStripes).map(async (stripe) => {
        const { items } = await instances.due({ stripe, until, limit: perStripe });
        const seconds = new Set(items.map(({ at }) => secondOf(laterOf(at, now))));
        return [...seconds].map((at) => ({ at, stripe }));
      }),
    );
    return { seconds: stripes.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1)) };
  };

/** The whole second at or after an instant, so that all of one second are admitted in one go. */
export const secondOf = (at: Instant): Instant => isoOf(Math.ceil(Date.parse(at) / 1000) * 1000);
