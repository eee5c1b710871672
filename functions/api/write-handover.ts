import { randomUUID } from 'node:crypto';
import { refusalOfNoteEdit } from '../../shared/domain/handover/may-edit-note.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { hashOf } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { createDocument, forEdit, stale } from './save-document.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  'markHandoverRead' | 'addHandoverNote' | 'editHandoverNote'
>;

/** Notes to the next shift, and who has looked. A bookmark is nobody's operation, so the log does not have it. */
export const writeHandover = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;

  return {
    async markHandoverRead({ params: { project }, body }, { caller }) {
      if (!(await catalog.findProject(project))) return noProject(project);
      // What a clock that runs ahead says has not been looked at yet.
      const [at = body.at] = [body.at, clock()].toSorted();
      await catalog.markLooked(caller.user, project, at);
      return ok({ at: (await catalog.lastLooked(caller.user, project)) ?? at });
    },

    async addHandoverNote({ params: { project }, body: { text } }, context) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const at = clock();
      const id = `${at}~${hashOf(context.idempotencyKey ?? randomUUID())}`;
      const note = { id, project, at, by: context.caller.user, text };
      const saved = createDocument(id, await catalog.saveNote(note, undefined));
      if (saved.ok)
        await writeAudit(stores, context, {
          ...{ action: 'note', object: `project:${project}`, project, after: { id, text } },
        });
      return saved;
    },

    async editHandoverNote({ params: { project, note: id }, body: { text } }, context) {
      const missing = { code: 'note-not-found', detail: `there is no note ${id}` } as const;
      const before = forEdit(await catalog.findNote(project, id), context.rev, missing);
      if (!before.ok) return before;
      const now = clock();
      const refusal = refusalOfNoteEdit(before.value, context.caller.user, now);
      if (refusal !== undefined) return err({ code: 'forbidden', detail: refusal });

      const { rev, ...note } = before.value;
      const saved = await catalog.saveNote({ ...note, text, editedAt: now }, rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        ...{ action: 'edit-note', object: `project:${project}`, project },
        ...{ before: { id, text: note.text }, after: { id, text } },
      });
      return saved;
    },
  };
};
