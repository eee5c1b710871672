import * as z from 'zod';
import { Instant } from '../kernel/time.schema.ts';
import { ChannelKind } from './channel.schema.ts';
import { Language } from './language.schema.ts';
import { OccurrenceKind } from './occurrence.schema.ts';

/** What an administrator writes: a line of its own with `{facts}`, `{items}`, `{error}` or `{actions}` stands for a block. */
export const MessageWords = z
  .object({
    subject: z.string().trim().min(1).max(200),
    body: z.string().trim().min(1).max(4000),
  })
  .meta({ id: 'MessageWords' });
export type MessageWords = z.infer<typeof MessageWords>;

/**
 * The words of a message for a channel and a kind of occurrence. `{name}` stands for a fact of the notice; the names are
 * those of `templateFacts`. Versions are kept; the newest counts.
 */
export const MessageTemplate = z
  .object({
    channel: ChannelKind,
    kind: OccurrenceKind,
    language: Language,
    version: z.int().min(1),
    ...MessageWords.shape,
    builtIn: z.boolean().optional().meta({
      description: 'the words built in count again; those of the row are what they were then',
    }),
    by: z.string(),
    at: Instant,
    note: z.string().max(200).optional(),
  })
  .meta({ id: 'MessageTemplate' });
export type MessageTemplate = z.infer<typeof MessageTemplate>;

/** Which words: there is one newest version for each. */
export const TemplateKey = MessageTemplate.pick({ channel: true, kind: true, language: true });
export type TemplateKey = z.infer<typeof TemplateKey>;
