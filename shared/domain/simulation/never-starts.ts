import type { NeverStarts } from './simulation.schema.ts';
import type { VirtualInstance } from './virtual-instance.ts';

type Found = { readonly never: readonly NeverStarts[]; readonly beyond: number };

/**
 * Who has not ended once nothing moves any more, and why: something of its own (a root), or an upstream that never ends.
 * Who waits only for what falls due after the horizon is counted apart.
 */
export const neverStarts = (all: ReadonlyMap<string, VirtualInstance>): Found => {
  const open = [...all.values()].filter(({ stage }) => stage !== 'succeeded');
  const found = new Map<string, NeverStarts>();
  for (const one of open) {
    const root = rootOf(one);
    if (root) found.set(one.instance.id, { id: one.instance.id, root: true, ...root });
  }

  const next = [...found.keys()];
  for (let id = next.pop(); id !== undefined; id = next.pop())
    for (const child of all.get(id)?.children ?? []) {
      if (found.has(child) || all.get(child)?.stage === 'succeeded') continue;
      const code = all.get(id)?.stage === 'failed' ? 'parent-failed' : 'parent-waiting';
      found.set(child, { id: child, code, on: id, root: false });
      next.push(child);
    }

  const shown = (id: string) => all.get(id)?.instance.family !== 'barrier';
  return {
    never: [...found.values()]
      .filter(({ id }) => shown(id))
      .toSorted((a, b) => Number(b.root) - Number(a.root) || (a.id < b.id ? -1 : 1)),
    beyond: open.filter(({ instance: { id } }) => !found.has(id) && shown(id)).length,
  };
};

const rootOf = ({
  stage,
  outcome,
  missing,
  openParents,
  blocker,
  instance,
}: VirtualInstance): Pick<NeverStarts, 'code' | 'on'> | undefined => {
  if (stage === 'failed')
    return { code: outcome === 'definition-missing' ? 'definition-missing' : 'failed' };
  if (missing[0] !== undefined) return { code: 'parent-missing', on: missing[0] };
  if (openParents > 0) return undefined;
  const on = blocker?.hold ?? blocker?.pool ?? blocker?.instance ?? instance.previousRun;
  return { code: blocker?.code ?? 'parent-settling', ...(on === undefined ? {} : { on }) };
};
