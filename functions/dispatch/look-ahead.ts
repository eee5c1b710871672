import type { StageOutput } from '../../shared/contracts/stages.ts';
import { isoOf, laterOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';

/** A tick comes at most 60 s late and the next one a minute after it, so 150 s leave no gap (design.md §5). */
const lookAheadSeconds = 150;

/** Candidates read per stripe; what lies behind them is met by the admission of the same second or the next tick. */
const perStripe = 500;

/** So many of one second are admitted in one go, in the order of the gate; more are spread over the stripes. */
const inOneGo = 200;

/**
 * The distinct seconds within the next 150 s at which something falls due; by stripe of the queue where it is much.
 * Nothing is decided here: admission asks the gate when the second has come.
 */
export const lookAhead =
  ({ instances, clock }: { readonly instances: InstanceStore; readonly clock: Clock }) =>
  async (): Promise<StageOutput<'dispatch-look'>> => {
    const now = clock();
    const until = plusSeconds(now, lookAheadSeconds);
    const due = await Promise.all(
      stripesUpTo(queueStripes).map(async (stripe) => {
        const { items } = await instances.due({ stripe, until, limit: perStripe });
        return items.map((item) => ({ at: secondOf(laterOf(item.at, now)), stripe }));
      }),
    );
    const seconds = [...Map.groupBy(due.flat(), ({ at }) => at)].map(([at, all]) => ({
      at,
      stripes: all.length > inOneGo ? [...new Set(all.map(({ stripe }) => stripe))] : [undefined],
    }));
    return {
      seconds: seconds
        .toSorted((a, b) => (a.at < b.at ? -1 : 1))
        .flatMap(({ at, stripes }) =>
          stripes.map((stripe) => (stripe === undefined ? { at } : { at, stripe })),
        ),
    };
  };

/** The whole second at or after an instant, so that all of one second are admitted in one go. */
const secondOf = (at: Instant): Instant => isoOf(Math.ceil(Date.parse(at) / 1000) * 1000);
