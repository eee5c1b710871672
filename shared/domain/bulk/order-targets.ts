/** `from` must have been moved before `to`. */
export type Before = { readonly from: string; readonly to: string };

/**
 * The step of each id: one more than the largest of those directly before it, so that within a step nobody waits for
 * anybody. Edges to other ids order nothing. A cycle, which instances cannot have, ends up behind all others.
 */
export const orderTargets = (
  ids: readonly string[],
  edges: readonly Before[],
): ReadonlyMap<string, number> => {
  const open = new Map<string, number>(ids.map((id) => [id, 0]));
  const after = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { from, to } of edges) {
    const key = `${from} ${to}`;
    if (from === to || !open.has(from) || !open.has(to) || seen.has(key)) continue;
    seen.add(key);
    open.set(to, (open.get(to) ?? 0) + 1);
    const list = after.get(from);
    if (list) list.push(to);
    else after.set(from, [to]);
  }

  const levels = new Map<string, number>();
  let step = ids.filter((id) => open.get(id) === 0);
  let level = 0;
  for (; step.length > 0; level += 1) {
    const next: string[] = [];
    for (const id of step) levels.set(id, level);
    for (const id of step)
      for (const child of after.get(id) ?? []) {
        const left = (open.get(child) ?? 0) - 1;
        open.set(child, left);
        if (left === 0) next.push(child);
      }
    step = next;
  }
  return new Map(ids.map((id) => [id, levels.get(id) ?? level]));
};
