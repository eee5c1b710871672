import type { Instance } from '../instance/instance.schema.ts';
import { rankOf } from '../workflow/priority.schema.ts';

type Place = Pick<Instance, 'id' | 'priority' | 'dueAt' | 'yields'>;

/** The order in which the gate lets instances through: priority, due time, id; who yields comes last (design.md §3). */
export const byGateOrder = (a: Place, b: Place): number =>
  Number(a.yields ?? false) - Number(b.yields ?? false) ||
  rankOf(b.priority) - rankOf(a.priority) ||
  compare(a.dueAt, b.dueAt) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who queues for a pool, in the order of the gate. */
export const waitingLine = () => {
  const line: Place[] = [];
  /** The first position whose holder does not come before `one`. */
  const placeOf = (one: Place): number => {
    let [low, high] = [0, line.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = line[middle];
      if (other && byGateOrder(other, one) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    join(one: Place): void {
      const at = placeOf(one);
      if (line[at]?.id !== one.id) line.splice(at, 0, one);
    },
    leave(one: Place): void {
      const at = placeOf(one);
      if (line[at]?.id === one.id) line.splice(at, 1);
    },
    ids: (): readonly string[] => line.map(({ id }) => id),
    size: (): number => line.length,
  };
};

export type WaitingLine = ReturnType<typeof waitingLine>;
