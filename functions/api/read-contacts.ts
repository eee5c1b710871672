import { matchesContact } from '../../shared/domain/contact/matches-contact.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';

/** Whom notices may be sent to. */
export const listContacts =
  ({ catalog }: Pick<ApiStores, 'catalog'>): ApiHandlers<'messages'>['listContacts'] =>
  async ({ query: { text } }) => {
    const all = await catalog.allContacts();
    return ok({ items: text ? all.filter((contact) => matchesContact(contact, text)) : all });
  };
