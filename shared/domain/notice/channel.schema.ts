import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Language } from './language.schema.ts';

/** Ways to reach people. `mail`, `sms` and `voice` reach a contact; the others post into a room or to a program. */
export const ChannelKind = z
  .enum(['mail', 'sms', 'voice', 'dingtalk', 'wecom', 'feishu', 'slack', 'teams', 'webhook'])
  .meta({ id: 'ChannelKind' });
export type ChannelKind = z.infer<typeof ChannelKind>;

/** Those that need a phone number of the contact. */
export const phoneChannels: readonly ChannelKind[] = ['sms', 'voice'];

/** Those that post to an address of their own instead of to a contact. */
export const roomChannels = ['dingtalk', 'wecom', 'feishu', 'slack', 'teams', 'webhook'] as const;

/** A room or a program that notices are posted to, kept by administrators. */
export const Room = z
  .object({
    name: Key,
    title: z.string().trim().min(1).max(128),
    kind: z.enum(roomChannels),
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
      .max(2048)
      .meta({ description: 'never shown again in full: it is a secret of the room' }),
    secret: z
      .string()
      .max(512)
      .optional()
      .meta({ description: 'signs what is posted (DingTalk, Feishu, webhook); write-only' }),
    allowPrivate: z.boolean().default(false).meta({
      description: 'the address may be one of a private network',
    }),
    language: Language.default('en'),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'Room' });
export type Room = z.infer<typeof Room>;
