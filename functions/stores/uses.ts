import { batchPut } from './batch-write.ts';
import { catalogTable, type NamedKind } from './catalog-table.ts';
import { queryAll } from './query.ts';
import type { Table } from './table.ts';

type Place = { readonly project: string; readonly workflow: string };

/**
 * Which workflows name a calendar or a resource group. These are hints, written before whatever names it and never
 * removed: whoever acts on one looks at the workflow itself.
 */
export const uses = (table: Table) => ({
  async putUses(
    { project, workflow }: Place,
    named: readonly { readonly kind: NamedKind; readonly name: string }[],
  ): Promise<void> {
    await batchPut(
      table,
      named.map(({ kind, name }) => ({
        pk: catalogTable.uses(kind, name),
        sk: `${project}/${workflow}`,
      })),
    );
  },

  /** Workflows that may name it, in order of name. */
  async hintedUsers(kind: NamedKind, name: string): Promise<Place[]> {
    const hints = await queryAll(table, { partition: catalogTable.uses(kind, name), strong: true });
    return hints.map(({ sk }) => {
      const [project = '', workflow = ''] = String(sk).split('/');
      return { project, workflow };
    });
  },
});
