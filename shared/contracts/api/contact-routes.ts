import * as z from 'zod';
import { Contact } from '../../domain/contact/contact.schema.ts';
import { nameParams, none } from './common.ts';
import type { RouteContract } from './route.ts';

export const ContactView = Contact.extend({ rev: z.int().min(1) }).meta({ id: 'ContactView' });

const edit = {
  tag: 'contacts',
  role: 'admin',
  project: 'system',
  lambda: 'tell',
  idempotency: 'optional',
  query: none,
} as const;

/** Whom notices may be sent to. Everybody who signs in may choose from them; administrators keep them. */
export const contactRoutes = {
  listContacts: {
    method: 'GET',
    path: '/api/contacts',
    summary: 'Contacts by name',
    tag: 'contacts',
    role: 'member',
    project: 'system',
    lambda: 'messages',
    params: none,
    query: z.object({
      text: z
        .string()
        .max(128)
        .optional()
        .meta({ description: 'part of a name, title, address, number or user' }),
    }),
    reply: z.object({ items: z.array(ContactView) }),
    status: 200,
    problems: [],
  },
  createContact: {
    ...edit,
    method: 'POST',
    path: '/api/contacts',
    summary: 'Add a contact',
    params: none,
    body: Contact,
    reply: ContactView,
    status: 201,
    problems: ['already-exists'],
  },
  updateContact: {
    ...edit,
    method: 'PUT',
    path: '/api/contacts/{name}',
    summary: 'Replace a contact',
    ifMatch: true,
    params: nameParams,
    body: Contact.omit({ name: true }),
    reply: ContactView,
    status: 200,
    problems: ['contact-not-found'],
  },
  deleteContact: {
    ...edit,
    method: 'DELETE',
    path: '/api/contacts/{name}',
    summary: 'Remove a contact that no rule and no on-duty schedule names',
    ifMatch: true,
    params: nameParams,
    reply: z.object({ deleted: z.literal(true) }),
    status: 200,
    problems: ['contact-not-found', 'in-use'],
  },
} as const satisfies Record<string, RouteContract>;
