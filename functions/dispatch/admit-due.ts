import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { type SettleDeps, settleInstance } from '../admission/settle-instance.ts';

const pageSize = 200;
const atOnce = 16;

/**
 * Settles what is due in one stripe: higher priority first, then by due time and id (design.md §3). What has to queue for
 * a pool leaves this queue, so the loop ends.
 */
export const admitDue =
  (deps: SettleDeps) =>
  async ({ at, stripe }: StageInput<'dispatch-admit'>): Promise<StageOutput<'dispatch-admit'>> => {
    const until = laterOf(at, deps.clock());
    let [admitted, waiting] = [0, 0];
    let cursor: string | undefined;
    do {
      const page = await deps.instances.due({ stripe, until, limit: pageSize, cursor });
      const found = await deps.instances.findMany(
        page.items.map(({ id }) => id),
        { strong: true },
      );
      const ordered = [...found.values()].toSorted(byGateOrder);
      const settled = await inParallel(ordered, atOnce, ({ id }) => settleInstance(deps)(id));
      const left = settled.filter((each) => each?.decision.decision === 'wait').length;
      admitted += settled.length - left;
      waiting += left;
      cursor = page.cursor;
    } while (cursor !== undefined);
    return { admitted, waiting };
  };

const byGateOrder = (a: Instance, b: Instance): number =>
  rankOf(b.priority) - rankOf(a.priority) ||
  (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1);
