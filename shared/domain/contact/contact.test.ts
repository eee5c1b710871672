import { describe, expect, it } from 'vitest';
import { Contact } from './contact.schema.ts';
import { matchesContact } from './matches-contact.ts';
import { problemOfContact } from './problem-of-contact.ts';

const contact = Contact.parse({
  name: 'data_team',
  title: 'Data team',
  email: 'data@example.com',
  phone: '+4930123456',
});

describe('a contact', () => {
  it.each([
    ['email', 'data@', /address such as/],
    ['phone', '030 123456', /international number such as/],
    ['name', 'data team', /letters, digits/],
  ])('names what is wrong with its %s', (field, value, message) => {
    const parsed = Contact.safeParse({ ...contact, [field]: value });
    expect(parsed.error?.issues).toMatchObject([
      { path: [field], message: expect.stringMatching(message) },
    ]);
  });

  it('needs one way to be reached', () => {
    expect(problemOfContact({})).toMatch(/email address, a phone number or a user/);
    expect(problemOfContact({ user: 'ann' })).toBeUndefined();
  });

  it('is found by any of its fields, in any case', () => {
    expect(
      ['DATA_', 'team', 'example.com', '+4930'].map((text) => matchesContact(contact, text)),
    ).toEqual([true, true, true, true]);
    expect(matchesContact(contact, 'ann')).toBe(false);
  });
});
