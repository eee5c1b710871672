import type { Contact } from './contact.schema.ts';

/** What is wrong with a contact as a whole; undefined when nothing is. */
export const problemOfContact = ({
  email,
  phone,
  user,
}: Pick<Contact, 'email' | 'phone' | 'user'>): string | undefined =>
  email === undefined && phone === undefined && user === undefined
    ? 'give an email address, a phone number or a user: nobody could be reached otherwise'
    : undefined;
