import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Language } from '../notice/language.schema.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/** Somebody, or a mailbox of a team, that notices may be sent to. At least one way to reach it. */
export const Contact = z
  .object({
    name: Key,
    title: text(128).meta({ description: 'name for people' }),
    email: z
      .email({ error: 'must be an address such as team@example.com' })
      .max(254, { error: 'must have at most 254 characters' })
      .optional(),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, {
        error: 'must be an international number such as +4930123456, digits only after the "+"',
      })
      .optional(),
    user: text(128).optional().meta({ description: 'who signs in under this name' }),
    language: Language.optional().meta({ description: 'of messages to it; default: en' }),
    note: z.string().max(1024).optional(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof Contact>;
