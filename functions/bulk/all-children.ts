import type { InstanceStore } from '../stores/instance-store.ts';

/** Every child of an instance, whatever their number. */
export const allChildren = async (instances: InstanceStore, parent: string): Promise<string[]> => {
  const children: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await instances.childrenOf(parent, { limit: 500, cursor });
    children.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return children;
};
