/** Something that happens at a virtual time (epoch milliseconds). */
export type VirtualEvent = {
  readonly at: number;
  /** An attempt ends, an instance is looked at again, the limit of a pool may change. */
  readonly kind: 'end' | 'look' | 'limit';
  /** Instance or pool. */
  readonly subject: string;
};

/** Events in order of time; those of one time come out together, in the order in which they were put. */
export const eventHeap = () => {
  const heap: { readonly event: VirtualEvent; readonly n: number }[] = [];
  let put = 0;

  const isBefore = (a: number, b: number): boolean => {
    const [x, y] = [heap[a], heap[b]];
    if (!x || !y) return false;
    return x.event.at < y.event.at || (x.event.at === y.event.at && x.n < y.n);
  };
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) [heap[a], heap[b]] = [y, x];
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const smaller = isBefore(right, left) ? right : left;
      if (!isBefore(smaller, at)) return;
      swap(smaller, at);
      at = smaller;
    }
  };
  const take = (): VirtualEvent | undefined => {
    const top = heap[0]?.event;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return top;
  };

  return {
    put(event: VirtualEvent): void {
      heap.push({ event, n: put });
      put += 1;
      for (let at = heap.length - 1; at > 0; ) {
        const above = (at - 1) >> 1;
        if (!isBefore(at, above)) return;
        swap(at, above);
        at = above;
      }
    },
    /** Everything of the next time; empty when nothing is left. */
    takeNext(): readonly VirtualEvent[] {
      const first = take();
      const found = first ? [first] : [];
      while (first && heap[0]?.event.at === first.at) {
        const next = take();
        if (next) found.push(next);
      }
      return found;
    },
  };
};
