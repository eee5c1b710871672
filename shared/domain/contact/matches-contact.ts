import type { Contact } from './contact.schema.ts';

/** Whether `text` stands in a name, title, address, number or user of the contact; case does not count. */
export const matchesContact = (contact: Contact, text: string): boolean => {
  const wanted = text.trim().toLowerCase();
  return [contact.name, contact.title, contact.email, contact.phone, contact.user, contact.note]
    .filter((field) => field !== undefined)
    .some((field) => field.toLowerCase().includes(wanted));
};
