import { SpentLink } from '../../shared/domain/notice/action-link.schema.ts';
import { LinkKeys } from '../../shared/domain/notice/link-keys.schema.ts';
import { collection } from './collection.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import type { Table } from './table.ts';

/** Longer than a link is good, so that a second use can say who was first. */
const keptSeconds = 30 * 86_400;

/**
 * Links of messages: the keys that sign them, and which were used. The keys lie here and not in the catalog, so that
 * whoever sends messages need not be allowed to change what people set up.
 */
export const actionLinks = (table: Table) => {
  const keys = collection(table, LinkKeys);
  return {
    /** Undefined while no link was ever signed. */
    linkKeys: () => keys.find(ledgerTable.linkKeys, 'KEYS'),
    saveLinkKeys: (value: LinkKeys, ifMatch: number | undefined) =>
      keys.save(ledgerTable.linkKeys, 'KEYS', value, ifMatch),

    /** Undefined: it was spent now. Else who spent it before; repeating the very call is no second use. */
    async spendLink(spent: SpentLink): Promise<SpentLink | undefined> {
      const item = {
        ...spent,
        ...ledgerTable.spentLink(spent.id),
        expiresAt: Math.floor(Date.parse(spent.at) / 1000) + keptSeconds,
      };
      if (await putIf(table, item, isAbsent)) return undefined;
      const first = await this.findSpentLink(spent.id);
      return first?.call === spent.call && first.by === spent.by ? undefined : (first ?? spent);
    },

    async findSpentLink(id: string): Promise<SpentLink | undefined> {
      const item = await getItem(table, ledgerTable.spentLink(id));
      return item && SpentLink.parse(item);
    },
  };
};
