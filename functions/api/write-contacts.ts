import type { Contact } from '../../shared/domain/contact/contact.schema.ts';
import { problemOfContact } from '../../shared/domain/contact/problem-of-contact.ts';
import { err } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { removeUnnamed } from './find-namers.ts';
import { createDocument, forEdit, stale } from './save-document.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** Whom notices may be sent to. */
export const writeContacts = (
  stores: ApiStores,
): Pick<ApiHandlers<'tell'>, 'createContact' | 'updateContact' | 'deleteContact'> => {
  const { catalog } = stores;
  const noted = (name: string) => ({ object: `contact:${name}`, project: systemProject });

  return {
    async createContact({ body }, context) {
      const wrong = unreachable(body);
      if (wrong) return wrong;
      const saved = createDocument(body.name, await catalog.saveContact(body, undefined));
      if (saved.ok)
        await writeAudit(stores, context, { ...noted(body.name), action: 'create', after: body });
      return saved;
    },

    async updateContact({ params: { name }, body }, context) {
      const wrong = unreachable(body);
      if (wrong) return wrong;
      const before = forEdit(await catalog.findContact(name), context.rev, noContact(name));
      if (!before.ok) return before;
      const saved = await catalog.saveContact({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        ...{ ...noted(name), action: 'update' },
        before: before.value,
        after: saved.value,
      });
      return saved;
    },

    async deleteContact({ params: { name } }, context) {
      const before = forEdit(await catalog.findContact(name), context.rev, noContact(name));
      if (!before.ok) return before;
      const removed = await removeUnnamed(catalog, { kind: 'contact', name }, context.rev);
      if (!removed.ok) return removed;
      await writeAudit(stores, context, {
        ...{ ...noted(name), action: 'delete' },
        before: before.value,
      });
      return removed;
    },
  };
};

const unreachable = (contact: Pick<Contact, 'email' | 'phone' | 'user'>) => {
  const message = problemOfContact(contact);
  if (message === undefined) return undefined;
  const errors = [{ path: 'body.email', message }];
  return err({ code: 'invalid-input' as const, detail: message, errors });
};

const noContact = (name: string) =>
  ({ code: 'contact-not-found', detail: `there is no contact ${name}` }) as const;
