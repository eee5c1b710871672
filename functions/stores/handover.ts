import * as z from 'zod';
import { HandoverNote } from '../../shared/domain/handover/handover-note.schema.ts';
import { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { catalogTable } from './catalog-table.ts';
import { collection } from './collection.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { getItem } from './instances.ts';
import { putIf } from './put-if.ts';
import { queryPage } from './query.ts';
import type { Page, Table } from './table.ts';

const Looked = z.object({ at: Instant });

/** What one shift leaves to the next: notes of a project, and since when each person has not looked. */
export const handover = (table: Table) => {
  const notes = collection(table, HandoverNote);
  return {
    findNote: (project: string, id: string) => notes.find(catalogTable.notes(project), id),
    /** A page of the notes of a project, the newest first; their ids begin with their times. */
    async listNotes(
      project: string,
      { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
    ): Promise<Page<HandoverNote & { readonly rev: number }>> {
      const page = await queryPage(
        table,
        { partition: catalogTable.notes(project), order: 'desc' },
        { limit, after: positionOf(cursor) },
      );
      return {
        items: page.items.map((item) => ({ ...HandoverNote.parse(item), rev: Number(item.rev) })),
        cursor: cursorOf(page.last),
      };
    },
    saveNote: (note: HandoverNote, ifMatch: number | undefined) =>
      notes.save(catalogTable.notes(note.project), note.id, note, ifMatch),

    /** When a person looked last; undefined when never. */
    async lastLooked(user: string, project: string): Promise<Instant | undefined> {
      const item = await getItem(table, catalogTable.looked(user, project));
      return item && Looked.parse(item).at;
    },
    /** Only ever later: two windows of one person do not turn it back. */
    async markLooked(user: string, project: string, at: Instant): Promise<boolean> {
      return putIf(
        table,
        { ...catalogTable.looked(user, project), v: 1, at },
        {
          expression: 'attribute_not_exists(pk) OR #at < :at',
          values: { ':at': at },
          names: { '#at': 'at' },
        },
      );
    },
  };
};
